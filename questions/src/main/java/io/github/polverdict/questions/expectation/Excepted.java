package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.naming.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is not meant.
 *
 * @param inside how surely each is not
 * @param outside addresses that are not
 */
record Excepted(Map<String, Truth> inside, List<IpSet> outside) {

  void add(Endpoint endpoint, Truth sure) {
    if (endpoint.kind() == Kind.EXTERNAL) {
      outside.add(endpoint.addresses().set());
    } else {
      inside.merge(endpoint.id(), sure, Truth::or);
    }
  }

  /** What is left of a member; empty when nothing is. */
  Optional<Member> rest(Member member) {
    if (member.cell().kind() == Kind.EXTERNAL) {
      return outside(member);
    }
    Truth still = member.sure().and(inside.getOrDefault(member.cell().id(), Truth.NO).not());
    return still == Truth.NO ? Optional.empty() : Optional.of(new Member(member.end(), still));
  }

  private Optional<Member> outside(Member member) {
    IpSet own = member.judged().addresses().set();
    IpSet left = own.minus(IpSet.union(outside));
    if (left.isEmpty() || left.equals(own)) {
      return left.isEmpty() ? Optional.empty() : Optional.of(member);
    }
    Endpoint part = member.judged().with(Addresses.exactly(left));
    return Optional.of(new Member(new Goal.End(part, member.cell()), member.sure()));
  }
}
