internal import CTransfer
internal import Glibc
internal import Values
package import Wire

/// One plan under way on the socket thread: a thin shell around a conversation that is a value.
///
/// Times are microseconds since it began.
protocol Errand: AnyObject {
  /// What is to be looked up before it can begin; nil when it knows.
  var lookup: Lookup? { get }
  /// Descriptors that it waits for, and the events of poll(2).
  var watched: [(descriptor: Int32, events: Int16)] { get }
  /// When it wants to go on even if nothing has come.
  var alarm: Int? { get }

  /// - Parameter addresses: what was looked up; empty where nothing was.
  func begin(with addresses: [SocketAddress], at now: Int) -> Outcome?
  /// Something that it waits for may have come.
  func advance(at now: Int) -> Outcome?
  /// Its time is over.
  func expire(at now: Int) -> Outcome
}

/// What is asked of the socket thread.
package enum SocketPlan: Sendable {
  case stream(StreamRequest)
  case name(NameRequest)
  case echo(EchoRequest)

  var timeout: Span {
    switch self {
    case .stream(let request): request.timeout
    case .name(let request): request.timeout
    case .echo(let request): request.timeout
    }
  }

  /// Under which ``Admission`` counts it.
  var host: String {
    switch self {
    case .stream(let request): HostAndPort(host: request.host, port: request.port).text.lowercased()
    case .name(let request): request.server?.text.lowercased() ?? ""
    case .echo(let request): request.host.lowercased()
    }
  }
}

/// What all errands tell of their course.
struct Course {
  var marks = Marks()
  let host: String
  /// `db:5432`.
  let authority: String
  let timeout: Span
  /// `127.0.0.1:5432`, once it is known.
  var address = ""

  func phases(at now: Int, isComplete: Bool) -> Phases {
    var marks = marks
    marks.done = now
    return marks.phases(isComplete: isComplete)
  }

  /// In libcurl's words for `code`, where it has some.
  func failure(
    _ code: CURLcode, systemError: Int32 = 0, at now: Int, change: (inout Circumstances) -> Void = { _ in }
  ) -> Failure {
    var circumstances = Circumstances(code: code)
    circumstances.systemError = systemError
    circumstances.host = host
    circumstances.authority = authority
    circumstances.timeout = timeout
    circumstances.isResolved = marks.resolved > 0
    circumstances.isConnected = marks.connected > 0
    change(&circumstances)
    var failure = circumstances.failure(phases: phases(at: now, isComplete: false))
    failure.address = address
    return failure
  }

  func failure(_ kind: Failure.Kind, _ reason: String, at now: Int) -> Failure {
    var failure = Failure(kind, reason: Inert.terminal(reason), phases: phases(at: now, isComplete: false))
    failure.address = address
    return failure
  }

  /// The time was over before the name had an address.
  func unresolved(at now: Int) -> Failure { failure(CURLE_OPERATION_TIMEDOUT, at: now) }

  /// Of a socket that could not be made, or not be used for something of ours.
  func failure(making problem: Socket.Problem, at now: Int) -> Failure {
    failure(
      problem.isOurs ? .unable : .other,
      "this machine does not let us: \(String(cString: strerror(problem.code)).lowercasedFirst)", at: now)
  }
}
