import Console
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Terminal
import Transfer
import Values
import Watch

/// One console from its opening to its end: journal, engine or viewer, screen.
struct ConsoleSession {
  let state: StateOptions
  let screen: ScreenOptions
  let sources: [SystemSource]
  /// The state folder, unless `--journal` names a file.
  let folder: String
  /// Told on entering.
  let notices: [String]
  /// What is watched is simulated, and what commands would change is not: none is run.
  var isSimulated = false

  func run() throws {
    if screen.plain { return try PlainSession(state: state, sources: sources).run() }
    let actor = try state.actor()
    let journal = try state.open(readOnly: screen.readOnly, folder: folder)
    var notes = notices + [journal.notice].compactMap { $0 }
    let folders = load(&notes)
    let driver = try openDriver(&notes)
    defer { driver.close() }
    let mailbox = Mailbox<ConsoleLoop.Message>()
    let scribe = Scribe(journal)
    let succession = Succession(
      journal: journal, scribe: scribe, sources: sources, version: Version.text, mayPoll: !screen.readOnly
    ) { news in
      switch news {
      case .status(let status): mailbox.post(.input(.engine(status)))
      case .snapshot(let snapshot): mailbox.post(.input(.snapshot(snapshot)))
      case .notice(let sentence): mailbox.post(.input(.notice(sentence)))
      case .figures: break
      case .traced(let answer): mailbox.post(.input(.traced(answer)))
      case .answer(let answer):
        let result =
          answer.chart.map { Result.success($0) } ?? .failure(ActFailure(answer.refused ?? "No answer."))
        mailbox.post(.input(.answered(answer.id, result)))
      }
    }
    let mayExecute =
      !screen.readOnly && !journal.isReadOnly && !screen.mayNotExecute(state.environment) && !isSimulated
    let commands = CommandDesk(
      journal, sources: sources, mayExecute: mayExecute, ring: { mailbox.post(.commands) })
    var lose: (@Sendable (LoseCommand) -> Void)?
    if !screen.readOnly, !journal.isReadOnly {
      lose = { act in scribe.perform(act, by: Identity.engine(), at: Clock.now()) }
    }
    let watch = CommandWatch(lose: lose) { mailbox.post(.input(.orphans($0))) }
    let ledger = LedgerReader(journal) { result in
      switch result {
      case .success(let ledger):
        mailbox.post(.input(.ledger(ledger)))
        watch.look(ledger)
        commands.closeBackground(after: ledger)
      case .failure(let error): mailbox.post(.trouble(Sentence.of(error)))
      }
    } answer: { sha256, result in
      mailbox.post(.input(.output(sha256, result.mapError { ActFailure(Sentence.of($0)) })))
    }
    let desk = DeskReader(journal) { result in
      switch result {
      case .success(let page): mailbox.post(.input(.desk(page)))
      case .failure(let error): mailbox.post(.trouble(Sentence.of(error)))
      }
    }
    let events = EventReader(journal) { result in
      switch result {
      case .success(let page): mailbox.post(.input(.events(page)))
      case .failure(let error): mailbox.post(.trouble(Sentence.of(error)))
      }
    }
    let retro = RetroDesk(journal) { number, result in
      mailbox.post(.input(.retro(number, result.mapError { ActFailure(Sentence.of($0)) })))
    }
    let graph: GraphMode = screen.ascii || driver.isASCII ? .ascii : .braille
    var options = Console.Options(
      handle: actor.handle, readOnly: screen.readOnly || journal.isReadOnly, notices: notes, graph: graph,
      asciiSigns: screen.ascii || driver.isASCII)
    options.mayExecute = mayExecute
    if isSimulated {
      options.refusal = "The demo runs no command, for it would reach a real system (--exec lets it)"
    }
    options.environment = state.environment
    options.roles = Set(
      (state.environment["MIDWATCH_ROLES"] ?? "").split { $0 == "," || $0 == " " }.map(String.init))
    for name in Set(folders.flatMap(\.ticketPlan.zones)) { options.zones[name] = ZoneReader.zone(name) }
    options.directory = FileManager.default.currentDirectoryPath
    options.process = mayExecute ? ProcessTable.ownMark() : nil
    for source in sources {
      options.folders[source.name] = Console.FolderPlace(path: source.path, isBundled: source.isBundled)
    }
    let console = Console(options: options, folders: folders, size: driver.size)
    let loop = ConsoleLoop(
      ConsoleLoop.Parts(
        mailbox: mailbox, driver: driver, actor: actor, journal: journal, scribe: scribe,
        succession: succession, ledger: ledger, desk: desk, events: events, retro: retro, commands: commands,
        notifier: DesktopNotifier(environment: state.environment)),
      console: console)
    loop.run()
    driver.close()
    ledger.stop()
    desk.stop()
    events.stop()
    watch.stop()
    succession.stop()
    scribe.stop()
  }

  private func load(_ notes: inout [String]) -> [SystemFolder] {
    sources.map { source in
      let (folder, problems) = source.load()
      if let first = problems.first {
        notes.append(
          "\(source.name): \(first)" + (problems.count > 1 ? " (and \(problems.count - 1) more)" : ""))
      }
      return folder
    }
  }

  private func openDriver(_ notes: inout [String]) throws -> TerminalDriver {
    let environment = state.environment
    let plainColours = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let name = screen.theme ?? (plainColours ? "none" : environment["MIDWATCH_THEME"] ?? "dark")
    let (theme, problems) = Themes(state.places).theme(name)
    notes += problems.map(\.description)
    do {
      let driver = try TerminalDriver(
        theme: theme,
        options: .init(
          ascii: screen.ascii, term: environment["TERM"] ?? "", isInTmux: environment["TMUX"] != nil,
          notices: DesktopNotifier.terminalNotice(environment)))
      if let notice = driver.notice { notes.append(notice) }
      return driver
    } catch {
      throw Refusal("\(error).")
    }
  }
}
