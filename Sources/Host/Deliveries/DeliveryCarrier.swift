import Comms
import Glibc
import Incidents
import Synchronization
import Systems
import Transfer
import Values
import Wire

/// Takes payloads to their destinations, each on the thread of whoever asks. What is under way can be ended together.
final class DeliveryCarrier: Sendable {
  private struct State {
    var isStopped = false
    var next: UInt64 = 0
    /// Made when the first request goes out: most engines send none.
    var transfers: Transfers?
    var requests: [TransferID: Mailbox<Outcome>] = [:]
    var processes: Processes?
    var programs: [TransferID: Mailbox<Result<ProcessEnd, Failure>>] = [:]
    var mails: [UInt64: MailTransfer] = [:]
  }

  private final class Trips: Sendable {
    let state = Mutex(State())
  }

  private let version: String
  private let trips = Trips()

  init(version: String) {
    self.version = version
  }

  var isStopped: Bool { trips.state.withLock { $0.isStopped } }

  /// Ends what is under way: it may have arrived. Nothing starts any more.
  func stop() {
    let (transfers, processes) = trips.state.withLock { state in
      state.isStopped = true
      for mail in state.mails.values { mail.cancel() }
      return (state.transfers, state.processes)
    }
    transfers?.stop()
    processes?.stop()
  }

  /// - Parameters:
  ///   - secrets: values of the folder's secrets, by name.
  ///   - folder: what relative paths begin in.
  ///   - isAnother: whether something of it may have arrived before.
  func carry(
    _ payload: DeliveryPayload, by delivery: Delivery, secrets: [String: Secret], folder: String,
    isAnother: Bool
  ) throws(DeliveryObstacle) -> DeliveryAnswer {
    switch payload.way {
    case .http: return send(try delivery.request(for: payload, with: secrets))
    case .mail:
      return send(
        try mail(payload, by: delivery, secrets: secrets), hiding: try delivery.values(with: secrets))
    case .append, .write:
      let text = try delivery.resolved(delivery.address, with: secrets).revealed()
      let path = text.hasPrefix("/") ? text : "\(folder)/\(text)"
      guard payload.way == .write else {
        return FileDrop.append(payload.body, to: path, isAnother: isAnother)
      }
      return FileDrop.write(payload.body, to: payload.path, in: path)
    case .run: return run(payload, by: delivery, in: folder)
    case .copy: return .unsent("Only a console has a clipboard.")
    }
  }

  // MARK: HTTP

  private func send(_ request: Request) -> DeliveryAnswer {
    guard let outcome = exchange(request) else {
      return .unsent("Nothing is sent any more: midwatch is ending.")
    }
    return Self.answer(outcome, hiding: request.confidential.values)
  }

  /// Blocks until the answer is there; nil when nothing is sent any more.
  func exchange(_ request: Request) -> Outcome? {
    var request = request
    // On a connection that is used again libcurl would send a second time, without a word, what the first time broke.
    request.freshConnection = true
    let mailbox = Mailbox<Outcome>()
    let trips = trips
    let started = trips.state.withLock { state -> (Transfers, TransferID)? in
      guard !state.isStopped else { return nil }
      let transfers =
        state.transfers
        ?? Transfers(userAgent: "midwatch/\(version)") { id, outcome in
          trips.state.withLock { $0.requests.removeValue(forKey: id) }?.post(outcome)
        }
      state.transfers = transfers
      state.next += 1
      state.requests[TransferID(state.next)] = mailbox
      return (transfers, TransferID(state.next))
    }
    guard let (transfers, id) = started else { return nil }
    transfers.start(request, id: id)
    while true {
      if let outcome = mailbox.drain().first { return outcome }
      _ = mailbox.wait(timeout: nil)
    }
  }

  private static func answer(_ outcome: Outcome, hiding secrets: [Secret]) -> DeliveryAnswer {
    switch outcome {
    case .success(let response):
      let after = response.header("retry-after").flatMap { RetryAfter.span($0, at: Clock.now()) }
      let body = String(decoding: response.body, as: UTF8.self)
      return .http(status: response.status, retryAfter: after, body: secrets.masking(body))
    case .failure(let failure):
      let reason = secrets.masking(failure.reason)
      return isUnsent(failure) ? .unsent(reason) : .unheard(reason)
    }
  }

  /// Whether not a byte of the request can have gone out.
  private static func isUnsent(_ failure: Failure) -> Bool {
    let hasBegun = failure.phases.processing > 0 || failure.phases.transfer > 0 || failure.status != nil
    switch failure.kind {
    case .unresolved, .refused, .unreachable, .invalidURL, .unable: return true
    case .tls, .timeout: return !hasBegun
    case .reset, .tooManyRedirects, .tooLarge, .malformed, .cancelled, .other, .unheard: return false
    }
  }

  // MARK: Mail

  private func mail(
    _ payload: DeliveryPayload, by delivery: Delivery, secrets: [String: Secret]
  ) throws(DeliveryObstacle) -> MailRequest {
    let route = try delivery.mailRoute(with: secrets)
    var mail = MailRequest(
      host: route.server.host, port: Int(route.server.port), sender: route.from,
      recipients: payload.recipients ?? route.recipients,
      message: Array(payload.body.utf8))
    switch route.encryption {
    case .starttls: mail.encryption = .startTLS
    case .always: mail.encryption = .always
    case .never: mail.encryption = .never
    }
    mail.login = route.login.map { .init(user: $0.user, password: $0.password) }
    mail.tls.ca = route.ca
    mail.tls.verify = route.verifies
    mail.timeout = route.timeout
    return mail
  }

  private func send(_ mail: MailRequest, hiding secrets: [Secret]) -> DeliveryAnswer {
    let transfer = MailTransfer()
    let number = trips.state.withLock { state -> UInt64? in
      guard !state.isStopped else { return nil }
      state.next += 1
      state.mails[state.next] = transfer
      return state.next
    }
    guard let number else { return .unsent("Nothing is sent any more: midwatch is ending.") }
    defer { trips.state.withLock { _ = $0.mails.removeValue(forKey: number) } }
    switch transfer.send(mail) {
    case .answered(let code, let line): return .mail(code: code, line: secrets.masking(line))
    case .notSent(let reason): return .unsent(secrets.masking(reason))
    case .unheard(let reason): return .unheard(secrets.masking(reason))
    }
  }

  // MARK: Programs

  private func run(_ payload: DeliveryPayload, by delivery: Delivery, in folder: String) -> DeliveryAnswer {
    let words: [String]
    do throws(Refusal) { words = try delivery.words(for: payload) } catch { return .refused(error.sentence) }
    guard var request = Self.process(words, in: folder) else { return .refused("Its command has no words.") }
    request.input = Array(payload.body.utf8)
    for header in payload.headers { request.environment[header.name] = Secret(header.value) }
    request.withheld = Set(delivery.secretNames)
    request.timeout = delivery.timeout
    request.outputLimit = 64 << 10
    guard let end = end(of: request) else {
      return .unsent("Nothing is started any more: midwatch is ending.")
    }
    return Self.answer(end, of: request)
  }

  /// A program of a folder's; nil without words.
  static func process(_ words: [String], in folder: String) -> ProcessRequest? {
    guard let program = words.first else { return nil }
    let path = program.contains("/") && !program.hasPrefix("/") ? "\(folder)/\(program)" : program
    var request = ProcessRequest(words: [path] + words.dropFirst())
    request.directory = folder
    return request
  }

  /// Blocks until it has ended; nil when nothing is started any more.
  func end(of request: ProcessRequest) -> Result<ProcessEnd, Failure>? {
    let mailbox = Mailbox<Result<ProcessEnd, Failure>>()
    let trips = trips
    let started = trips.state.withLock { state -> (Processes, TransferID)? in
      guard !state.isStopped else { return nil }
      let processes =
        state.processes
        ?? Processes { id, end in trips.state.withLock { $0.programs.removeValue(forKey: id) }?.post(end) }
      state.processes = processes
      state.next += 1
      state.programs[TransferID(state.next)] = mailbox
      return (processes, TransferID(state.next))
    }
    guard let (processes, id) = started else { return nil }
    processes.start(request, id: id)
    while true {
      if let end = mailbox.drain().first { return end }
      _ = mailbox.wait(timeout: nil)
    }
  }

  private static func answer(
    _ end: Result<ProcessEnd, Failure>, of request: ProcessRequest
  ) -> DeliveryAnswer {
    let program = Inert.terminal(request.words.first ?? "")
    switch end {
    case .failure(let failure) where failure.kind == .unable: return .unsent(failure.reason)
    case .failure(let failure): return .unheard("\(program): \(failure.reason)")
    case .success(let end) where end.isLate:
      return .unheard("\(program) did not end in \(request.timeout.short)")
    case .success(let end) where end.status == 0:
      let said = firstLine(end.output)
      return .done(said.isEmpty ? "\(program) ended well" : said)
    case .success(let end):
      let said = firstLine(end.errors.isEmpty ? end.output : end.errors)
      return .refused("\(program) \(end.phrase)\(said.isEmpty ? "" : ": \(said)")")
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(1000), as: UTF8.self)
    return Inert.terminal(String(text.prefix { !$0.isNewline }.prefix(200)))
  }
}
