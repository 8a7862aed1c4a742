import Incidents
import Journal
import Serving
import Synchronization
import Systems
import Transfer
import Values
import Watch

/// Decides, for one console process, who polls: this process while it holds the engine lock, else the one
/// that does. When that one dies, the kernel frees the lock and the first to notice takes over; one that
/// merely hangs keeps it, and its state's age is shown.
package final class Succession: Sendable {
  /// What a console hears of it, on threads of this object.
  package enum News: Sendable {
    case status(EngineStatus)
    case snapshot(SystemSnapshot)
    case answer(EngineMessage.Answer)
    case traced(TraceAnswer)
    case notice(String)
    /// The figures that were asked for under a number; nil when the engine is not ours.
    case figures(Int, EngineFigures?)
  }

  private enum Order: Sendable {
    case watch(WatchInput)
    case heard(EngineClient.News)
    case asked(EngineServer.Question)
    case fell(String)
    case trouble(String?)
    case reload([SystemSource])
    case figures(Int)
    case stop
  }

  /// How often a process that does not poll tries to.
  private static let trying = Span.milliseconds(500)

  private let orders: Mailbox<Order>
  private let worker: Worker?
  /// Takes what is pushed while the engine is ours.
  package let pushes: PushBoard

  /// - Parameters:
  ///   - mayPoll: false for `--read-only` and `--plain`: it never takes the engine's place.
  ///   - isScreen: whether this process shows what the engine publishes; else it is built for viewers alone.
  package init(
    journal: Journal, scribe: Scribe, sources: [SystemSource], version: String, mayPoll: Bool,
    isScreen: Bool = true, tell: @escaping @Sendable (News) -> Void
  ) {
    let orders = Mailbox<Order>()
    self.orders = orders
    let pushes = PushBoard()
    self.pushes = pushes
    worker = Worker(name: "succession") {
      let loop = Loop(
        journal: journal, scribe: scribe, sources: sources, version: version, mayPoll: mayPoll,
        isScreen: isScreen, pushes: pushes, orders: orders, tell: tell)
      loop.run()
    }
  }

  /// To the engine, here or over the socket.
  package func send(_ input: WatchInput) { orders.post(.watch(input)) }

  /// Has folders and secrets read anew, here or over the socket.
  ///
  /// - Parameter sources: those that are not under watch yet are from now on.
  package func reload(_ sources: [SystemSource] = []) { orders.post(.reload(sources)) }

  /// Asks for the engine's figures; they come as news under the same number.
  ///
  /// - Parameter id: below ``EngineServer/firstQuestion``.
  package func askFigures(_ id: Int) { orders.post(.figures(id)) }

  /// Ends the engine if it is ours, and frees its lock; waits.
  package func stop() {
    orders.post(.stop)
    worker?.join()
  }

  private final class Loop {
    let journal: Journal
    let scribe: Scribe
    var sources: [SystemSource]
    let version: String
    let mayPoll: Bool
    let isScreen: Bool
    let pushes: PushBoard
    let orders: Mailbox<Order>
    let tell: @Sendable (News) -> Void
    let folder: StateFolder
    var lock: EngineLock?
    var engine: Engine?
    var server: EngineServer?
    var client: EngineClient?
    var status = EngineStatus(role: .none)

    init(
      journal: Journal, scribe: Scribe, sources: [SystemSource], version: String, mayPoll: Bool,
      isScreen: Bool, pushes: PushBoard, orders: Mailbox<Order>, tell: @escaping @Sendable (News) -> Void
    ) {
      self.journal = journal
      self.scribe = scribe
      self.sources = sources
      self.version = version
      self.mayPoll = mayPoll
      self.isScreen = isScreen
      self.pushes = pushes
      self.orders = orders
      self.tell = tell
      folder = StateFolder(Places.parent(of: journal.path))
    }

    func run() {
      seekPlace()
      if engine == nil, client == nil { say(status) }
      while true {
        let isSettled = engine != nil
        _ = orders.wait(timeout: isSettled ? nil : Succession.trying)
        for order in orders.drain() where !heed(order) { return end() }
        if engine == nil { seekPlace() }
      }
    }

    /// False once told to stop.
    private func heed(_ order: Order) -> Bool {
      switch order {
      case .watch(let input): forward(input)
      case .reload(let wanted):
        let known = Set(sources.map(\.path))
        sources += wanted.filter { !known.contains($0.path) }
        engine?.reload(wanted)
        client?.send(.reload)
      case .figures(let id): if let engine { engine.askFigures(id) } else { tell(.figures(id, nil)) }
      case .heard(let news): hear(news)
      case .asked(let question): answer(question)
      case .fell(let sentence):
        tell(.notice(sentence))
        dropEngine()
      case .trouble(let sentence):
        status.trouble = sentence
        say(status)
      case .stop: return false
      }
      return true
    }

    /// Takes the engine's place if it is free, else listens to who has it.
    private func seekPlace() {
      if mayPoll, !journal.isReadOnly, let taken = freeLock() {
        client?.stop()
        client = nil
        begin(with: taken)
      } else if client == nil {
        connect()
      }
    }

    /// The lock, when nobody else holds it.
    private func freeLock() -> EngineLock? {
      let lock = EngineLock(folder)
      do {
        return try lock.tryAcquire() ? lock : nil
      } catch {
        let sentence = Sentence.of(error)
        if status.trouble != sentence {
          status.trouble = sentence
          say(status)
        }
        return nil
      }
    }

    private func begin(with taken: EngineLock) {
      do {
        let epoch = try journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: Clock.processID)
        taken.sign(.init(pid: Clock.processID, epoch: epoch, since: Clock.now()))
        lock = taken
        let samples = try? SampleStore(folder)
        pushes.begin(samples, at: Clock.now())
        let orders = orders
        let tell = tell
        let hello = EngineMessage.Hello(
          protocol: EngineMessage.protocolVersion, version: version, origin: journal.origin, epoch: epoch,
          pid: Clock.processID)
        let server = EngineServer(path: folder.socket, mode: folder.isShared ? 0o660 : 0o600, hello: hello) {
          orders.post(.asked($0))
        }
        self.server = server
        if server == nil {
          tell(.notice("\(folder.socket) cannot be made; other consoles will see no live state."))
        }
        let ears = Engine.Ears(
          snapshot: { snapshot in
            server?.publish(snapshot)
            tell(.snapshot(snapshot))
          },
          answer: { answer in
            if answer.id >= EngineServer.firstQuestion {
              server?.answer(answer)
            } else {
              tell(.answer(answer))
            }
          },
          fell: { orders.post(.fell($0)) }, trouble: { orders.post(.trouble($0)) },
          notice: { tell(.notice($0)) },
          figures: { id, figures in
            if id >= EngineServer.firstQuestion {
              server?.figures(id, figures)
            } else {
              tell(.figures(id, figures))
            }
          },
          traced: { answer in
            if answer.id >= EngineServer.firstQuestion {
              server?.traced(answer)
            } else {
              tell(.traced(answer))
            }
          })
        engine = Engine(
          Engine.Parts(
            journal: journal, scribe: scribe, samples: samples, sources: sources, epoch: epoch,
            version: version, pushes: pushes),
          ears: ears)
        engine?.send(.watched(isScreen))
        say(EngineStatus(role: .engine, epoch: epoch, pid: Clock.processID, heard: Clock.now()))
      } catch {
        tell(.notice(Sentence.of(error)))
      }
    }

    private func connect() {
      let orders = orders
      client = EngineClient(path: folder.socket, subscribe: true) { orders.post(.heard($0)) }
      if client == nil, status.role != .none { say(EngineStatus(role: .none)) }
    }

    private func hear(_ news: EngineClient.News) {
      switch news {
      case .hello(let hello):
        say(EngineStatus(role: .viewer, epoch: hello.epoch, pid: hello.pid, heard: Clock.now()))
      case .snapshot(let snapshot):
        status.heard = snapshot.at
        tell(.snapshot(snapshot))
        tell(.status(status))
      case .answer(let answer): tell(.answer(answer))
      case .traced(let answer): tell(.traced(answer))
      case .figures: break
      case .lost:
        client = nil
        say(EngineStatus(role: .none, epoch: status.epoch, pid: nil, heard: status.heard))
      }
    }

    private func answer(_ question: EngineServer.Question) {
      switch question {
      case .query(let query):
        engine?.send(
          .query(
            id: query.id, system: query.system, expression: query.expression, start: query.start,
            end: query.end,
            step: query.step))
      case .probe(let system, let endpoint): engine?.send(.probe(system: system, endpoint: endpoint))
      case .trace(let id, let system, let endpoint):
        engine?.send(.trace(id: id, system: system, endpoint: endpoint))
      case .reload: engine?.reload()
      case .push(let push): server?.answer(taken(push))
      case .figures(let id): engine?.askFigures(id)
      case .watched(let hasViewers): engine?.send(.watched(isScreen || hasViewers))
      }
    }

    private func taken(_ push: EngineMessage.Push) -> EngineMessage.Answer {
      let place = PushPlace(system: push.system, endpoint: push.endpoint)
      do throws(HTTPRefusal) {
        try pushes.take(Array(push.body), type: push.type, for: place, bearer: .notNeeded, at: Clock.now())
        return .init(id: push.id, chart: nil, refused: nil)
      } catch {
        return .init(id: push.id, chart: nil, refused: error.sentence)
      }
    }

    private func forward(_ input: WatchInput) {
      if let engine { return engine.send(input) }
      switch input {
      case .probe(let system, let endpoint): client?.send(.probe(system: system, endpoint: endpoint))
      case .trace(let id, let system, let endpoint):
        guard let client else {
          return tell(.traced(TraceAnswer(id: id, refused: "No engine runs, so nothing can be probed.")))
        }
        client.send(.trace(id: id, system: system, endpoint: endpoint))
      case .query(let id, let system, let expression, let start, let end, let step):
        guard let client else {
          return tell(.answer(.init(id: id, chart: nil, refused: "No engine runs, so nothing can be asked.")))
        }
        client.send(
          .query(.init(id: id, system: system, expression: expression, start: start, end: end, step: step)))
      default: break
      }
    }

    private func say(_ status: EngineStatus) {
      self.status = status
      tell(.status(status))
    }

    private func dropEngine() {
      engine?.stop()
      pushes.end()
      server?.stop()
      engine = nil
      server = nil
      lock?.release()
      lock = nil
      say(EngineStatus(role: .none))
    }

    private func end() {
      client?.stop()
      engine?.stop()
      pushes.end()
      server?.stop()
      lock?.release()
    }
  }
}
