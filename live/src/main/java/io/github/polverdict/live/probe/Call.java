package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Trial;

/** What one probe sends, and where to. */
record Call(Protocol protocol, IpAddress address, int port) {
  static Call of(Trial trial) {
    return new Call(trial.flow().protocol(), trial.at(), trial.flow().port());
  }
}
