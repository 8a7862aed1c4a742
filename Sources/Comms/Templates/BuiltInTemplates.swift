import Values

/// Templates for systems that have none: for users and for the house, one a stage.
package enum BuiltInTemplates {
  /// What the names of built-in templates begin with; a system's file cannot have it.
  private static let folder = "built-in:"

  static func isBuiltIn(_ template: Template) -> Bool { template.file.hasPrefix(folder) }

  /// All of them; read once by whoever needs them.
  package static func all() -> [Template] {
    sources.compactMap { name, source in
      var problems: [Problem] = []
      return Template(source, file: folder + name, problems: &problems)
    }
  }

  static let sources: [(name: String, source: String)] = [
    (
      "users-investigating",
      """
      ---
      audience: users
      stage: Investigating
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      We have noticed this and are looking for the cause.{{#started}} It began at {{started}}.{{/started}}

      Next update: {{next_update}}
      """
    ),
    (
      "users-identified",
      """
      ---
      audience: users
      stage: Identified
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      We have found the cause{{#cause}}: {{cause}}{{/cause}}, and are putting it right.

      Next update: {{next_update}}
      """
    ),
    (
      "users-monitoring",
      """
      ---
      audience: users
      stage: Monitoring
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      The cause is put right. We watch that it stays so before we call it resolved.

      Next update: {{next_update}}
      """
    ),
    (
      "users-resolved",
      """
      ---
      audience: users
      stage: Resolved
      subject: "Resolved: {{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger?
      ---
      Impact: {{impact}}

      Everything works again.{{#started}} It lasted from {{started}}{{#resolved}} to {{resolved}}{{/resolved}}.{{/started}}
      Lost or lingering: {{data_lost}}

      We are sorry for the trouble.
      """
    ),
    (
      "internal",
      """
      ---
      audience: internal
      stage: [Investigating, Identified, Monitoring, Resolved]
      subject: "{{incident}} {{severity}} {{status}}: {{title}}"
      variables:
        next_steps:
          ask: What is done next?
      ---
      Impact: {{impact}}
      Commander: {{#commander}}{{commander}}{{/commander}}{{^commander}}nobody yet{{/commander}}
      {{#cause}}
      Cause: {{cause}}
      {{/cause}}

      Done so far:
      {{#actions}}
      - {{.}}
      {{/actions}}
      {{^actions}}
      - nothing yet
      {{/actions}}

      Next: {{next_steps}}
      {{#next_update}}
      Next update: {{next_update}}
      {{/next_update}}
      """
    ),
  ]
}
