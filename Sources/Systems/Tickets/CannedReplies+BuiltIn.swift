import Comms
import Values

/// Replies for folders that have none of their own. They thank nobody for patience, blame nobody, and name no time
/// but the next update that was promised.
extension CannedReplies {
  static func builtIn() -> [Template] {
    sources.compactMap { name, source in
      var problems: [Problem] = []
      return Template(source, file: "built-in:" + name, problems: &problems)
    }
  }

  /// A name and a template; `known` and `solved` are what an incident proposes.
  static let sources: [(name: String, source: String)] = [
    (
      "known",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{subject}}"
      variables:
        say:
          ask: What can the customer be told?
          default: We know of it and are working on it.
      ---
      Hello,

      what you describe has to do with a problem on our side{{#impact}}: {{impact}}{{/impact}}{{^impact}}.{{/impact}}

      {{say}}
      {{#workaround}}

      Until then: {{workaround}}
      {{/workaround}}

      You do not have to do anything; we write to you again here.{{#next_update}} Our next update is due by {{next_update}}.{{/next_update}}
      """
    ),
    (
      "solved",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{subject}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
      ---
      Hello,

      the problem that your message was about is solved{{#resolved}} since {{resolved}}{{/resolved}}. Lost or lingering: {{data_lost}}

      Should you still notice anything of it, answer here, and we look at it again.
      """
    ),
    (
      "ask",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{subject}}"
      variables:
        question:
          ask: What do you have to know?
      ---
      Hello,

      to look into this we have to know: {{question}}

      Answer here, and we go on from there.
      """
    ),
    (
      "looking",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{subject}}"
      ---
      Hello,

      we have your message and are looking into it. We write to you here as soon as we know more.
      """
    ),
    (
      "done",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{subject}}"
      variables:
        outcome:
          ask: What was done?
      ---
      Hello,

      {{outcome}}

      If anything about it is not as you expect, answer here, and we look at it again.
      """
    ),
  ]
}
