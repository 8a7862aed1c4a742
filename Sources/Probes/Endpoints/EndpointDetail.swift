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

  /// Of `exec`, and of a `log` that is a command's output.
  package var command: [String] = []
  /// Variables that are set for it, over ours.
  package var environment: [String: Secret] = [:]
  /// Those of them that are secrets.
  package var masked: [Secret] = []
  /// Names of our own variables that it does not inherit: those that hold secrets.
  package var withheld: Set<String> = []
  /// Where it runs; nil: in the system's folder.
  package var directory: String?
  /// Of `exec`.
  package var output = ProgramOutput.none
  /// The system's folder, which paths are relative to; nil: where we run.
  package var folder: String?
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
  /// Of `log`; nil: a line has no fields.
  package var format: LogFormat?
  /// Of `log`.
  package var logSeries: [LogSeries] = []
  /// Of `log`: sets of labels at most, over all of its series.
  package var seriesLimit = 1000
  /// Of `callable`: what the function is given, as JSON; nil: null.
  package var data: String?
  /// Of `push`: silent for longer than this is down.
  package var silence: Span?
  /// Of `http`: a file that is the body.
  package var bodyFile: String?

  package init() {}

  /// A path, absolute where the folder is known.
  func path(_ path: String) -> String {
    guard let folder, !path.hasPrefix("/") else { return path }
    return folder + "/" + path
  }
}
