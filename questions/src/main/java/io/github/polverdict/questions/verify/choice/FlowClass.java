package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress.Family;

/**
 * Flows that nothing in the model tells apart: one of them stands for all.
 *
 * @param source the class of the source, as the matrix numbers it
 * @param target the class of the destination, or the Service with the address and port called
 * @param traffic the piece of traffic; empty while it is not said
 */
record FlowClass(int source, String target, Place place, Family family, String traffic) {
  FlowClass of(String piece) {
    return new FlowClass(source, target, place, family, piece);
  }

  FlowClass at(Place other) {
    return new FlowClass(source, target, other, family, traffic);
  }
}
