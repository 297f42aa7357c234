package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Address ranges: {@code cidr} without {@code except} (validate.go, validateIPBlock). */
final class IpBlocks {
  private static final IpSet MULTICAST =
      IpSet.cidr("224.0.0.0/4").orElseThrow().or(IpSet.cidr("ff00::/8").orElseThrow());

  private IpBlocks() {}

  /** The addresses of a block that was checked. */
  static IpSet of(Field block) {
    List<IpSet> except = new ArrayList<>();
    block.get("except").items().forEach(e -> cidr(e).ifPresent(except::add));
    return cidr(block.get("cidr")).orElse(IpSet.NONE).minus(IpSet.union(except));
  }

  private static Optional<IpSet> cidr(Field field) {
    return field.string().flatMap(IpSet::cidr);
  }

  static boolean isMulticast(Field block) {
    return cidr(block.get("cidr")).filter(c -> c.overlaps(MULTICAST)).isPresent();
  }

  /** Whether some of the blocks are multicast groups and some are not. */
  static boolean mixed(List<Field> blocks) {
    long groups = blocks.stream().filter(IpBlocks::isMulticast).count();
    return groups > 0 && groups < blocks.size();
  }

  static void check(Field block, FieldChecks checks) {
    checks.isMap(block);
    checks.onlyFields(block, Set.of("cidr", "except"));
    Field cidr = block.get("cidr");
    if (cidr.text("").isEmpty()) {
      checks.refuse(block, "field 'cidr' is required in an ipBlock");
      return;
    }
    Optional<IpSet> all = cidr(cidr);
    if (all.isEmpty()) {
      checks.refuse(cidr, "invalid CIDR address: " + cidr.text(""));
      return;
    }
    checks.isList(block.get("except"));
    for (Field field : block.get("except").items()) {
      Optional<IpSet> except = cidr(field);
      if (except.isEmpty()) {
        checks.refuse(field, "invalid except CIDR value: invalid CIDR address: " + field.text(""));
      } else if (!except.get().subsetOf(all.get()) || except.get().equals(all.get())) {
        checks.refuse(
            field,
            "except CIDR %s is not a strict subset of CIDR %s"
                .formatted(field.text(""), cidr.text("")));
      }
    }
  }
}
