package io.github.polverdict.questions.expectation;

import io.github.polverdict.questions.naming.Goal;
import java.util.List;

/** What an expectation has called. */
sealed interface Target {
  /** The traffic that is sent there, any of it. */
  List<Traffic> ports();

  /** An endpoint by its own address. */
  record Direct(Member member, List<Traffic> ports) implements Target {}

  /** A Service. */
  record Called(Goal.Called goal, List<Traffic> ports) implements Target {}
}
