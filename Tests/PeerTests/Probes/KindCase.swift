/// One endpoint of one kind, and how it must be found.
struct KindCase {
  /// What the other side does: up, down, slow, lying or malformed.
  enum Manner: String, CaseIterable {
    case up, down, slow, lying, malformed
  }

  let kind: String
  let manner: Manner
  /// The endpoint in YAML's flow style, without braces; `{name}` is a port of the estate.
  let endpoint: String
  let state: String
  /// A part of the reason or of the remark.
  let says: String
  /// Series that it must have yielded, and their values; nil is any.
  let series: [String: Double?]

  init(
    _ kind: String, _ manner: Manner, _ endpoint: String, _ state: String = "down", _ says: String = "",
    series: [String: Double?] = [:]
  ) {
    (self.kind, self.manner, self.endpoint, self.state, self.says, self.series) = (
      kind, manner, endpoint, state, says, series
    )
  }

  /// Who is awaited in vain is not awaited for long, and a little longer where something else has to come; all
  /// others have time, however busy the machine is.
  var timeout: String { says.hasSuffix("1s") ? "1s" : says.contains("in 5s:") ? "5s" : "20s" }

  /// The same with its endpoint, and what is said of it, as `fill` makes them.
  func filled(_ fill: (String) -> String) -> Self {
    Self(kind, manner, fill(endpoint), state, fill(says), series: series)
  }

  /// Names of the packages that are missing besides those of ``Estate``.
  static let missing = [
    "prometheus": "prometheus", "prometheus-alertmanager": "prometheus-alertmanager",
    "prometheus-node-exporter": "prometheus-node-exporter",
    "/usr/lib/nagios/plugins/check_http": "monitoring-plugins-basic",
  ].filter { !Peer.has($0.key) }.map(\.value).sorted()
}
