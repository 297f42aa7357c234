package io.github.polverdict.live.probe;

/**
 * Why something could not be probed.
 *
 * @param why in words for the user, with the next step where there is one
 * @param mayPass whether another try may go better
 */
public record Fault(String why, boolean mayPass) {
  static Fault last(String why) {
    return new Fault(why, false);
  }

  static Fault passing(String why) {
    return new Fault(why, true);
  }

  /** A fault on its way to whoever has to live with it. */
  public static final class Thrown extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Fault fault;

    Thrown(Fault fault) {
      super(fault.why());
      this.fault = fault;
    }

    public Fault fault() {
      return fault;
    }
  }
}
