package import Values
package import Wire

/// What only some kinds of endpoint have.
package struct EndpointDetail: Hashable, Sendable {
  /// Where log lines come from.
  package enum Log: Hashable, Sendable {
    /// A path, or a pattern of paths.
    case files(String)
    case command([String])
    case loki(url: String, query: String)
  }

  /// Of `exec`.
  package var command: [String] = []
  /// Of `exec`: `nagios` reads its exit status and first line; else only the status counts.
  package var output: String?
  /// Of `tcp` and `tls`: sent once connected, behind ``steps``.
  package var send: String?
  /// Of `tcp` and `tls`: what is said and waited for, in order.
  package var steps: [StreamRequest.Step] = []
  /// Of `tcp` and `tls`: the protocol that is asked for TLS.
  package var startTLS: StreamRequest.Upgrade?
  /// Of `dns`: the type of record.
  package var recordType: NameRequest.RecordType?
  /// Of `dns`: who is asked; nil: whom the system asks.
  package var server: HostAndPort?
  /// Of `dns`: what the records of that type must hold, all of it and nothing else; empty: anything.
  package var answers: [String] = []
  /// Of `log`.
  package var log: Log?
  /// Of `log`: `json`, or a regular expression with named groups.
  package var format: String?
  /// Of `log`, by metric.
  package var logSeries: [String: LogSeries] = [:]
  /// Of `callable`: what the function is given, as JSON; nil: null.
  package var data: String?
  /// Of `push`: silent for longer than this is down.
  package var silence: Span?
  /// Of `http`: a file that is the body.
  package var bodyFile: String?

  package struct LogSeries: Hashable, Sendable {
    /// Nil: the lines are counted.
    package var value: String?
    package var labels: [String: String] = [:]
    /// Upper bounds of a histogram; empty: none.
    package var buckets: [Double] = []

    package init() {}
  }

  package init() {}
}
