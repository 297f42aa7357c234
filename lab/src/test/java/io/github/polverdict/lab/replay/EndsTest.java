package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Packet;
import io.github.polverdict.lab.recreate.Naming;
import io.github.polverdict.lab.recreate.Site;
import io.github.polverdict.testkit.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsTest {
  @TempDir private Path folder;
  private Ends ends;

  /** A cluster that has given addresses, and takes nothing. */
  private record Given(Lab lab, List<String> outside) implements Ground {
    @Override
    public Command.Ended kubectl(String input, String... arguments) {
      return new Command.Ended(
          0,
          """
          {"items": [
            {"kind": "Pod", "metadata": {"namespace": "x-shop", "name": "web"}, "status": {"podIP": "10.244.1.7"}},
            {"kind": "Pod", "metadata": {"namespace": "x-shop", "name": "six"}, "status": {"podIP": "10.244.1.8"}},
            {"kind": "Service", "metadata": {"namespace": "x-shop", "name": "web"},
             "spec": {"clusterIP": "10.96.3.3"}}]}
          """);
    }

    @Override
    public Map<String, String> send(List<Packet> packets) {
      return Map.of();
    }

    @Override
    public void outside(Collection<String> addresses) {
      outside.addAll(addresses);
    }

    @Override
    public int deaths() {
      return 0;
    }

    @Override
    public void recover() {}

    @Override
    public Map<String, String> pins() {
      return Map.of();
    }
  }

  @BeforeEach
  void cluster() throws IOException {
    Path file = folder.resolve("a.scn");
    Files.writeString(
        file,
        """
        # A title

        ```cluster
        node cp 192.168.10.11
        node n1 192.168.10.12
        namespace shop
        pod shop/web ip=172.16.0.7 node=cp
        pod shop/six ip=fd00::8 node=cp
        service shop/web 172.20.0.9 80:80/TCP select app=web
        ```

        ```yaml
        apiVersion: v1
        kind: Service
        metadata: {name: balanced, namespace: shop}
        spec: {clusterIP: 172.20.0.10, type: LoadBalancer, ports: [{port: 80}]}
        status: {loadBalancer: {ingress: [{ip: 192.0.2.10}]}}
        ```

        ```flows
        flow                           | kubernetes
        203.0.113.7 -> shop/web:80     | ALLOWED
        192.168.10.11 -> 172.16.0.7:80 | ALLOWED
        shop/web -> 192.0.2.10:80      | ALLOWED
        ```
        """);
    Case one = Case.of("a.scn", ScenarioReader.read(file), new NodePorts());
    Site site =
        new Site(
            new Given(
                new Lab("x", "given", "kubernetes", 2, LabState.READY, Lab.Access.whole(folder)),
                new ArrayList<>()));
    site.awaitPods(Duration.ZERO);
    ends = new Ends(one, new Naming("x-", one.namespaces()), site);
  }

  @Test
  void a_node_is_the_labs_of_its_name_or_the_other_one() {
    assertThat(ends.inLab("node/n1:22")).isEqualTo("node/n1:22");
    assertThat(ends.inLab("node/cp:22")).isEqualTo("node/n2:22");
    assertThat(ends.where("node/cp")).contains("n2");
    assertThat(ends.address("node/cp")).contains("10.0.0.2");
  }

  @Test
  void names_and_addresses_become_those_of_the_lab() {
    assertThat(ends.inLab("shop/web:80")).isEqualTo("x-shop/web:80");
    assertThat(ends.inLab("192.168.10.11:30080")).isEqualTo("10.0.0.2:30080");
    assertThat(ends.inLab("172.16.0.7")).isEqualTo("10.244.1.7");
    assertThat(ends.address("svc/shop/web")).contains("10.96.3.3");
    assertThat(ends.address("172.20.0.9")).contains("10.96.3.3");
    assertThat(ends.where("shop/web")).contains("x-shop/web");
  }

  @Test
  void who_is_in_the_cluster_is_not_outside_of_it() {
    assertThat(ends.outside()).containsExactly("203.0.113.7");
    assertThat(ends.where("203.0.113.7")).contains("outside-203.0.113.7");
    assertThat(ends.where("192.168.10.11")).isEmpty();
  }

  @Test
  void a_balancer_is_not_there() {
    assertThat(ends.outside()).doesNotContain("192.0.2.10");
    assertThat(ends.address("192.0.2.10")).isEmpty();
  }

  @Test
  void a_pod_that_has_no_ipv4_is_not_there() {
    assertThat(ends.address("shop/six")).isEmpty();
    assertThat(ends.where("shop/six")).isEmpty();
  }
}
