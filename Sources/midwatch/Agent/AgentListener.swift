import Host
import Serving
import Values
import Watch

/// The agent's pages: asked for on the listener's thread, made where figures arrive.
final class AgentListener {
  /// Somebody waits for a page that needs the engine's figures.
  struct Question: Sendable {
    let ticket: WebServer.Ticket
    let route: AgentRoute
  }

  private let server: WebServer
  private let counts: ListenerCounts
  private var waiting: [Int: Question] = [:]

  var address: SocketAddress { server.address }

  /// - Parameter ask: called on the listener's thread; each is to be handed to ``ask(_:as:)``.
  init(at address: SocketAddress, pushes: PushBoard, ask: @escaping @Sendable (Question) -> Void) throws {
    let counts = ListenerCounts()
    self.counts = counts
    server = try WebServer(at: address) { request, ticket in
      let route = AgentRoute(request)
      switch route {
      case .metrics, .health:
        ask(Question(ticket: ticket, route: route))
        return nil
      case .index:
        return counts.noted(
          HTTPResponse(200, text: "midwatch \(Version.text): /metrics, /healthz, /push/SYSTEM/ENDPOINT"))
      case .refused(let refusal): return counts.noted(HTTPResponse(refusal))
      case .push(let place):
        do throws(HTTPRefusal) {
          try pushes.take(
            request.body, type: request.header("content-type"), for: place,
            bearer: AgentRoute.bearer(of: request),
            at: Clock.now())
          return counts.noted(HTTPResponse(204))
        } catch {
          return counts.noted(HTTPResponse(error))
        }
      }
    }
  }

  /// Notes who waits for the figures of that number.
  func ask(_ question: Question, as number: Int) { waiting[number] = question }

  /// Answers whoever waits for the figures of that number.
  func answer(
    _ number: Int, _ figures: EngineFigures?, _ status: EngineStatus,
    _ surroundings: () -> AgentMetrics.Surroundings
  ) {
    guard let question = waiting.removeValue(forKey: number) else { return }
    switch question.route {
    case .metrics(let isOpenMetrics):
      var surroundings = surroundings()
      surroundings.requests = counts.requests
      let type =
        isOpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8"
      let page = AgentMetrics(surroundings, figures: figures).page(isOpenMetrics: isOpenMetrics)
      server.answer(
        question.ticket, counts.noted(HTTPResponse(200, fields: [("content-type", type)], body: page)))
    case .health:
      server.answer(question.ticket, counts.noted(AgentHealth.response(status, figures, at: Clock.now())))
    case .push, .index, .refused: break
    }
  }

  func stop() { server.stop() }
}
