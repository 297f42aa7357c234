package io.github.polverdict.questions;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Universe;
import java.util.List;
import java.util.Set;

/** One cluster, ready to be asked. Immutable; what is costly is made once, when first needed. */
public interface Bench {

  /** As the user named the source. */
  String name();

  Universe universe();

  PolicyModel model();

  Judge judge();

  /** Everything that the judge would say of direct flows of one family. */
  ReachMatrix matrix(Family family);

  /** The address families that the cluster uses, IPv4 first. */
  Set<Family> families();

  /** What was wrong with the input, in the order it was found. */
  List<Finding> findings();

  Inventory inventory();

  /** Whether packets have shown that a row of an engine's profile, by its id, is so. */
  boolean measured(String quirk);

  /** What the cluster depends on beside its policies. */
  Surroundings surroundings();
}
