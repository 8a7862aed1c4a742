extension BuiltInTemplates {
  /// For the house and for those who lead it.
  static let inside: [(name: String, source: String)] = [
    (
      "internal",
      """
      ---
      audience: internal
      stage: [Investigating, Identified, Monitoring]
      subject: "{{incident}} {{severity}} {{status}}: {{title}}"
      variables:
        next_steps:
          ask: What is done next?
      ---
      Impact: {{impact}}
      {{#affected}}
      Affected: {{affected}}
      {{/affected}}
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
    (
      "internal-resolved",
      """
      ---
      audience: internal
      stage: Resolved
      subject: "{{incident}} {{severity}} Resolved: {{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
        follow_ups:
          ask: What follows, by whom and until when?
          default: as listed with the incident
      ---
      Impact: {{impact}}
      Lost or lingering: {{data_lost}}
      {{#duration}}
      It lasted {{duration}}{{#started}}, from {{started}}{{/started}}{{#resolved}} to {{resolved}}{{/resolved}}.
      {{/duration}}
      {{#cause}}
      Cause: {{cause}}
      {{/cause}}

      Done:
      {{#actions}}
      - {{.}}
      {{/actions}}
      {{^actions}}
      - see the timeline
      {{/actions}}

      What follows: {{follow_ups}}
      """
    ),
    (
      "executives",
      """
      ---
      audience: executives
      stage: [Investigating, Identified, Monitoring]
      subject: "{{severity}} {{status}}: {{title}}"
      variables:
        needs:
          ask: What do you need from them?
          default: nothing from you
      ---
      Impact: {{impact}}
      State: {{status}}{{#duration}}, for {{duration}}{{/duration}}{{#cause}}; the cause is known: {{cause}}{{/cause}}.
      In command: {{#commander}}{{commander}}{{/commander}}{{^commander}}nobody yet{{/commander}}
      {{#actions}}
      Done: {{.}}
      {{/actions}}
      We need: {{needs}}
      {{#next_update}}
      Next update: {{next_update}}
      {{/next_update}}
      """
    ),
    (
      "executives-resolved",
      """
      ---
      audience: executives
      stage: Resolved
      subject: "{{severity}} Resolved: {{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
      ---
      Impact: {{impact}}
      Lost or lingering: {{data_lost}}
      It is resolved{{#duration}}, after {{duration}}{{/duration}}.{{#cause}} The cause: {{cause}}.{{/cause}}
      The review follows.
      """
    ),
  ]
}
