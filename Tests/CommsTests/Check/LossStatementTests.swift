import Testing

@testable import Comms

/// Sentences as they stand in texts that say "resolved".
struct LossStatementTests {
  static let losses = [
    "Two orders were lost and could not be recovered.", "12 orders were lost, none of them was paid.",
    "Orders from 03:05 to 03:20 UTC were lost.", "We lost two orders.", "Two orders are missing.",
    "Some payments are gone, and nothing can bring them back.", "Nothing was lost but two orders.",
    "No data was lost except three messages.", "Not all orders were lost, some were.",
    "No more than ten orders were lost.", "Two orders could not be recovered.",
    "There was a loss of data between 03:05 and 03:20 UTC.", "Sales entered after noon are gone.",
    "No photos were lost. Two orders were lost.", "Two orders were deleted by mistake.",
    "Uploads made before noon have been lost for good, which we are sorry for.",
    "Your settings were overwritten.", "Messages were lost because nothing was written to disk.",
    "Data loss: two orders", "We lost access, and 14 orders were lost.",
  ]
  static let none = [
    "No data was lost.", "Nothing was lost.",
    "Impact: orders were missing from the list. They are back. No data was lost.",
    "Shops lost access for 12 minutes. All orders are safe.",
    "We lost connection to the payment provider. Nothing was deleted.", "No orders were affected.",
    "Data integrity has been confirmed.", "Orders weren't lost.", "We lost no orders.",
    "No data, orders or payments were lost.", "No orders and no payments were lost.",
    "No data was lost, but reports were late.", "Data loss: none", "Lost or lingering: nothing",
    "None of the orders was lost.", "All orders were recovered.", "Your data was not affected.",
    "There was no loss of data.", "Without any loss of data.",
    "Thank you for your lost time; nothing was lost.",
    "The connection was lost for a minute; your files are intact.",
    "Two orders were deleted and are back. No data was lost.",
  ]
  static let unsaid = [
    "We lost access to the payment provider.", "Shops lost connection for 12 minutes.",
    "You lost time and patience.",
    "We do not know yet whether orders were lost.", "The error is gone.",
    "Buttons were missing from the page.",
    "If an order is missing, please tell us.", "Everything works again.", "No other data was lost.",
    "The broken release was deleted.", "Access to the shop was lost.", "Orders work again.",
  ]

  @Test(arguments: losses) func isALoss(_ text: String) { #expect(LossStatement(in: text) == .lost) }
  @Test(arguments: none) func isNone(_ text: String) {
    #expect(LossStatement(in: text) == LossStatement.none)
  }
  @Test(arguments: unsaid) func isUnsaid(_ text: String) { #expect(LossStatement(in: text) == .unsaid) }

  /// The truthful text goes out, and the other does not.
  @Test(arguments: losses) func whatWasLostMaySo(_ text: String) {
    #expect(LossCheck.finding(in: text, dataLost: "two orders").mark == .good)
    #expect(LossCheck.finding(in: text, dataLost: "no").mark == .error)
  }

  @Test func theyAreMany() {
    let all = Self.losses + Self.none + Self.unsaid
    #expect(all.count >= 40 && Set(all).count == all.count)
  }
}
