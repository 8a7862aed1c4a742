import Incidents
import Journal

/// What a person is told of an error: the sentence it carries.
package enum Sentence {
  package static func of(_ error: any Error) -> String {
    switch error {
    case let refusal as Refusal: refusal.sentence
    case let error as JournalError: error.sentence
    default: "\(error)"
    }
  }
}
