package io.github.polverdict.workbench.universe;

/** As what a pod is shown. */
public enum Grouping {
  /**
   * The object that a user wrote: a Deployment for the pods of its ReplicaSets, a CronJob for those
   * of its Jobs.
   */
  WORKLOAD,
  /** The controller that the pod's own ownerReference names: a ReplicaSet, a Job. */
  CONTROLLER
}
