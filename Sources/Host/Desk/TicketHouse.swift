import Desk
import Incidents
import JSON
import Systems
import Transfer
import Values
import Wire

/// Asks another house for its tickets, page by page. Blocks its thread.
struct TicketHouse {
  private let source: TicketSource
  private let path: String
  private let secrets: [String: Secret]
  private let carrier: DeliveryCarrier

  /// A page at most.
  private static let longest = 32 << 20

  /// - Throws: why it cannot be asked, as a phrase.
  init(
    _ source: TicketSource, of folder: SystemFolder, at path: String, by carrier: DeliveryCarrier
  ) throws(TicketFailure) {
    self.source = source
    self.path = path
    self.carrier = carrier
    let used = Set(source.secretNames)
    let sources = folder.secrets.filter { used.contains($0.name) }
    var secrets = Dictionary(
      sources.compactMap { one in one.value.map { (one.name, $0) } }, uniquingKeysWith: { $1 })
    secrets.merge(SecretReader(folder: path) { carrier.isStopped }.read(sources).values) { $1 }
    if let missing = used.filter({ secrets[$0] == nil }).min() {
      throw TicketFailure(.passing, "the secret \(Inert.terminal(missing)) has no value")
    }
    self.secrets = secrets
  }

  /// Nil where nothing is listed.
  ///
  /// - Parameter cursor: what the page before said.
  func page(_ cursor: String?, at now: Instant) -> Result<TicketPage, TicketFailure>? {
    guard let adapter = source.adapter, let asked = adapter.list(source.list, cursor: cursor) else {
      return nil
    }
    if source.kind != CommandTickets.name, source.list == nil { return nil }
    return answer(to: asked).flatMap(adapter.document).map { document in
      TicketPage(document, by: source.mapping, next: source.next, at: now)
    }
  }

  private func answer(to asked: TicketRequest) -> Result<TicketAnswer, TicketFailure> {
    switch asked {
    case .run: run()
    case .http(let method, let path, _, let body): send(method, path, body)
    }
  }

  private func send(_ method: String, _ path: String, _ body: String?) -> Result<TicketAnswer, TicketFailure>
  {
    var request: Request
    do throws(DeliveryObstacle) {
      request = try source.delivery.request(method, path, body: body, with: secrets)
    } catch {
      return .failure(TicketFailure(.passing, error.sentence))
    }
    request.bodyLimit = Self.longest
    guard let outcome = carrier.exchange(request) else {
      return .failure(TicketFailure(.passing, "midwatch is ending"))
    }
    switch outcome {
    case .failure(let failure):
      return .failure(TicketFailure(.passing, request.confidential.values.masking(failure.reason)))
    case .success(let response):
      return .success(
        .http(status: response.status, type: response.header("content-type"), body: response.body))
    }
  }

  private func run() -> Result<TicketAnswer, TicketFailure> {
    guard var request = DeliveryCarrier.process(source.command, in: path) else {
      return .failure(TicketFailure(.lasting, "its command has no words"))
    }
    request.timeout = source.timeout
    request.outputLimit = Self.longest
    guard let end = carrier.end(of: request) else {
      return .failure(TicketFailure(.passing, "midwatch is ending"))
    }
    let program = Inert.terminal(source.command.first ?? "")
    switch end {
    case .failure(let failure): return .failure(TicketFailure(.passing, "\(program): \(failure.reason)"))
    case .success(let end) where end.isLate:
      return .failure(TicketFailure(.passing, "\(program) did not end in \(request.timeout.short)"))
    case .success(let end) where end.isCut:
      return .failure(TicketFailure(.passing, "\(program) writes more than \(Self.longest >> 20) MiB"))
    case .success(let end) where end.status != 0:
      let text = String(decoding: (end.errors.isEmpty ? end.output : end.errors).prefix(400), as: UTF8.self)
      let line = Inert.terminal(String(text.prefix { !$0.isNewline }.prefix(200)))
      return .failure(TicketFailure(.passing, "\(program) \(end.phrase)\(line.isEmpty ? "" : ": \(line)")"))
    case .success(let end): return .success(.output(end.output))
    }
  }
}
