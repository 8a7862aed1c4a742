/// What somebody who does not look at the screen is to know.
package struct DesktopMessage: Equatable, Sendable {
  package let title: String
  package let text: String
}
