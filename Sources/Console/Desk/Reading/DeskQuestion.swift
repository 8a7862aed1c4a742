import Desk
import Incidents

/// What a console wants to know of the desk; asked again whenever it looks elsewhere.
package struct DeskQuestion: Hashable, Sendable {
  /// A part of the queue, and the ticket that is looked at.
  package struct Queue: Hashable, Sendable {
    package var filter: TicketFilter
    /// The first row; rows are read a page at a time.
    package var offset: Int
    /// The ticket whose conversation is read; nil takes the first row's.
    package var selected: String?
    /// Tickets that are marked, wherever they are.
    package var marked: [String] = []
    /// What was typed is no filter: nothing is listed by it.
    package var isUnread = false

    package init(_ filter: TicketFilter = TicketFilter(), offset: Int = 0, selected: String? = nil) {
      self.filter = filter
      self.offset = offset
      self.selected = selected
    }
  }

  /// Nil while no screen shows it.
  package var queue: Queue?
  /// The incident whose tickets are counted.
  package var incident: String?

  package init(queue: Queue? = nil, incident: String? = nil) {
    self.queue = queue
    self.incident = incident
  }

  /// Rows of a page.
  package static let page = 120
  /// Of a conversation, the newest.
  package static let events = 500
  /// Clocks that are looked at for warnings: so many that are late, and so many that will be due first.
  static let alarms = 60
  /// Tickets whose conversations are read as one: those that were merged into one another.
  static let merged = 50
}
