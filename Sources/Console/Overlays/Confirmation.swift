import Terminal

/// A last look before something that cannot simply be taken back.
struct Confirmation: Sendable {
  enum Purpose: Equatable, Sendable {
    case quit
    /// As soon as what was done is saved.
    case leave
    /// A command of ours, or a process that nobody waits for.
    case cancel(command: String)
    case finish(run: String)
    case merge(String, into: String)
    /// It may be there already.
    case retryDelivery(String)
    /// Work at the desk that was asked about.
    case desk(DeskWork)
    /// The run goes on with the runbook as it is now.
    case move(run: String)
  }

  let purpose: Purpose
  /// What is going to happen, and to whom.
  let lines: [String]
  /// What Enter does.
  let verb: String
  var error: String?
  var saving: Int?

  init(_ purpose: Purpose, lines: [String], verb: String) {
    self.purpose = purpose
    self.lines = lines
    self.verb = verb
  }

  func height(width: Int) -> Int { 2 + lines.flatMap { $0.wrapped(to: max(1, width - 2)) }.count }

  func draw(in frame: inout Frame, _ area: Rect) {
    frame.rule(area.line(0), title: [[("please confirm", .due)]])
    var rest = area.inset(top: 1)
    for line in lines { rest = rest.inset(top: frame.paragraph(line, in: rest)) }
    frame.status(error: error, isSaving: saving != nil, in: rest.line(0))
  }
}
