import Incidents
import Playbooks
import Systems
import Terminal
import Values
import Watch

extension Console {
  /// What a console is told once.
  package struct Options: Sendable {
    /// Who acts: what "mine" means, and who takes a role.
    package var handle: String
    /// Removes every act.
    package var readOnly: Bool
    /// Sentences shown on entering: where a demo's journal lies, why the terminal fell back.
    package var notices: [String]
    package var graph: GraphMode
    package var asciiSigns: Bool
    /// Whether commands of playbooks may be run; they can be copied in any case.
    package var mayExecute = true
    /// Why not, where that is false: the beginning of a sentence.
    package var refusal = "This console was started with --no-exec"
    /// Where commands run that no command of their run has moved; absolute.
    package var directory = "/"
    /// Of this process, for variables that are filled from it.
    package var environment: [String: String] = [:]
    /// The process that starts commands and waits for them; without one none is started.
    package var process: ProcessMark?
    /// What this person does at the desk, in the words of the folders' `tickets.may`.
    package var roles: Set<String> = []
    /// Zones that the folders' calendars name.
    package var zones: [String: Zone] = [:]
    /// Where the systems' folders lie, by system.
    package var folders: [String: FolderPlace] = [:]

    /// How sparklines are drawn: bars, not dots.
    var bars: GraphMode { graph == .ascii ? .ascii : .block }

    package init(
      handle: String, readOnly: Bool = false, notices: [String] = [], graph: GraphMode = .braille,
      asciiSigns: Bool = false
    ) {
      self.handle = handle
      self.readOnly = readOnly
      self.notices = notices
      self.graph = graph
      self.asciiSigns = asciiSigns
    }
  }

  /// Where a folder lies, for what somebody trusted is a folder at its place.
  package struct FolderPlace: Equatable, Sendable {
    /// Absolute.
    package var path: String
    /// Came with the binary: trusted as the binary is.
    package var isBundled: Bool

    package init(path: String, isBundled: Bool = false) {
      self.path = path
      self.isBundled = isBundled
    }
  }

  /// What happens to a console.
  package enum Input: Sendable {
    case key(Key)
    case resized(Size)
    case snapshot(SystemSnapshot)
    case ledger(Ledger)
    /// What the journal answers to a question about tickets.
    case desk(DeskPage)
    /// The events of the journal that were asked for, as far as they are read.
    case events(EventPage)
    /// What became of an errand of screen 7; the last answer to its number ends it.
    case retro(Int, Result<RetroNews, ActFailure>)
    /// The journal could not be read; why, as a sentence.
    case unread(String)
    case engine(EngineStatus)
    /// What became of an act: the events it appended, or why not.
    case acted(Int, Result<[Event], ActFailure>)
    case answered(Int, Result<Chart, ActFailure>)
    case traced(TraceAnswer)
    /// What the editor left; nil when nothing was changed.
    case edited(Int, String?)
    case folders([SystemFolder])
    /// The path of the file that was written, or why none was.
    case exported(Int, Result<String, ActFailure>)
    /// Text that was kept of an earlier session.
    case unsent(key: String, text: String)
    /// The local zone: seconds ahead of UTC, and its name.
    case zone(offsetSeconds: Int, abbreviation: String)
    /// Time has passed, and nothing else has happened.
    case tick
    /// Something to tell, as a sentence.
    case notice(String)
    /// How far a command of ours has come, or how it ended.
    case command(CommandNews)
    /// Processes that are left of commands nobody waits for.
    case orphans([Orphan])
    /// What a command wrote, by its SHA-256 in hex, or why it is not here.
    case output(String, Result<[UInt8], ActFailure>)
  }

  /// What a console asks to be done.
  package enum Effect: Sendable {
    /// Answered by `acted` with the same number.
    case perform(Int, any Act)
    /// The same, with all that the command wrote, where a file has it.
    case attach(Int, AttachEvidence)
    case probe(system: String, endpoint: String)
    /// Answered by `traced` with the same number.
    case trace(Int, system: String, endpoint: String)
    /// Answered by `answered` with the same number.
    case query(Int, system: String, expression: String, start: Instant, end: Instant, step: Span)
    /// Whose timeline the ledger should carry.
    case focus(incident: String?)
    /// What of the tickets is looked at; answered by `desk`, again whenever somebody wrote.
    case desk(DeskQuestion)
    /// Which events of the journal are looked at, nil while none are; answered by `events`, again whenever somebody
    /// wrote.
    case events(EventQuestion?)
    /// Answered by `retro` with the same number.
    case retro(Int, RetroErrand)
    case copy(String)
    /// Opens `$EDITOR`; answered by `edited` with the same number.
    case edit(Int, text: String)
    /// Keeps text outside the chain until it is sent or discarded; an empty text forgets it.
    case keepUnsent(key: String, text: String)
    /// Answered by `exported` with the same number.
    case export(Int, ExportWish)
    /// Writes a text beside the journal under that name; answered by `exported` with the same number.
    case save(Int, name: String, text: String)
    /// Runs a command whose start is committed; answered by `command` until its report is there.
    case run(CommandOrder)
    /// The same with the terminal in its hands; answered once, when it has ended.
    case runInTerminal(CommandOrder)
    /// Asks a command of ours, or an orphan, to end; it is killed if it does not.
    case cancel(command: String)
    /// Reads what a command wrote; answered by `output` with the same SHA-256.
    case readOutput(String)
    /// Tells the desktop, for whoever does not look at the terminal.
    case notify(DesktopMessage)
    case bell, suspend, quit, redraw
  }
}
