import Metrics
import Patterns

/// The store sees compiled patterns through `TextPredicate`.
extension Regex: TextPredicate {}
