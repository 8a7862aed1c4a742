import Systems
import Terminal
import Values
import Watch

/// The console as a value: what came in goes to ``receive(_:at:)``, what is to be done comes out, and
/// ``view(at:)`` draws it. It reads no clock and touches nothing.
package struct Console: Sendable {
  var world: World
  var size: Size
  var screen = Screen.dashboard
  var dashboard = Dashboard()
  var alerts = AlertsScreen()
  var incident = IncidentScreen()
  var playbook = PlaybookScreen()
  var comms = CommsScreen()
  var tickets = TicketsScreen()
  var timeline = TimelineScreen()
  var shell = Shell()
  var acts = ActsUnderWay()

  package init(options: Options, folders: [SystemFolder], size: Size) {
    world = World(options: options, guides: folders.map(Guide.init))
    world.deskGuides = folders.map(DeskGuide.init)
    self.size = size
  }

  /// Takes one thing that happened and says what is to be done about it.
  package mutating func receive(_ input: Input, at now: Instant) -> [Effect] {
    var effects = take(input, at: now)
    settle(at: now)
    effects += goOn(at: now)
    if screen == .playbook, let sha256 = playbook.wantedOutput(world) { effects.append(.readOutput(sha256)) }
    effects += focusIfMoved()
    effects += deskIfMoved()
    effects += eventsIfMoved(at: now)
    effects += retroIfMoved()
    effects += nudge(at: now)
    effects += nudgeTickets(at: now)
    effects += leave(at: now)
    return effects
  }

  /// When the view changes by itself; nil while nothing in it moves.
  package func nextDeadline(after now: Instant) -> Instant? {
    guard Layout.fits(size) else { return nil }
    // The header's clock and every age and countdown show whole seconds.
    let next = (now.milliseconds.floorDivided(by: 1000)).addingSaturating(1).multipliedSaturating(by: 1000)
    return Instant(milliseconds: next)
  }
}
