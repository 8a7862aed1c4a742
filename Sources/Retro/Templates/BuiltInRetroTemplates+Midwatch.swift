extension BuiltInRetroTemplates {
  /// Ours: what is known first, what people have to write next, the whole record last.
  static let midwatch = """
    # {{incident}} {{title}}

    {{#summary}}
    ## Summary

    {{{summary}}}

    {{/summary}}
    {{#impact}}
    ## Impact

    {{{impact}}}

    {{/impact}}
    {{#key_times}}
    ## Key times

    {{{key_times}}}

    {{/key_times}}
    {{#standings}}
    ## Time in each severity and status

    {{{standings}}}

    {{/standings}}
    {{#roles}}
    ## Roles

    {{{roles}}}

    {{/roles}}
    {{#charts}}
    ## What was measured

    {{{charts}}}

    {{/charts}}
    ## Root cause

    {{#root_cause}}
    {{{root_cause}}}

    {{/root_cause}}
    {{^root_cause}}
    *Nothing was written yet.*

    {{/root_cause}}
    ## Contributing factors

    {{#contributing_factors}}
    {{{contributing_factors}}}

    {{/contributing_factors}}
    {{^contributing_factors}}
    *Nothing was written yet.*

    {{/contributing_factors}}
    ## Blast radius

    {{#blast_radius}}
    {{{blast_radius}}}

    {{/blast_radius}}
    {{^blast_radius}}
    *Nothing was written yet.*

    {{/blast_radius}}
    ## What went well

    {{#went_well}}
    {{{went_well}}}

    {{/went_well}}
    {{^went_well}}
    *Nothing was written yet.*

    {{/went_well}}
    ## What went badly

    {{#went_badly}}
    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    *Nothing was written yet.*

    {{/went_badly}}
    ## Where we were lucky

    {{#went_luckily}}
    {{{went_luckily}}}

    {{/went_luckily}}
    {{^went_luckily}}
    *Nothing was written yet.*

    {{/went_luckily}}
    {{#lessons}}
    ## Lessons

    {{{lessons}}}

    {{/lessons}}
    ## Action items

    {{#actions}}
    {{{actions}}}

    {{/actions}}
    {{^actions}}
    *None is recorded.*

    {{/actions}}
    {{#follow_ups}}
    ## Follow-ups

    {{{follow_ups}}}

    {{/follow_ups}}
    ## Updates

    {{#updates}}
    {{{updates}}}

    {{/updates}}
    {{^updates}}
    *None was sent.*

    {{/updates}}
    {{#tickets}}
    ## Tickets affected

    {{{tickets}}}

    {{/tickets}}
    {{#decisions}}
    ## Decisions

    {{{decisions}}}

    {{/decisions}}
    {{#tasks}}
    ## Tasks

    {{{tasks}}}

    {{/tasks}}
    {{#effects}}
    ## Temporary changes

    {{{effects}}}

    {{/effects}}
    {{#runs}}
    ## Playbook runs

    {{{runs}}}

    {{/runs}}
    {{#evidence}}
    ## Evidence

    {{{evidence}}}

    {{/evidence}}
    {{#timeline}}
    ## Timeline

    {{{timeline}}}

    {{/timeline}}
    {{#amended}}
    ## Amended entries

    {{{amended}}}

    {{/amended}}
    {{#removed}}
    ## Left out

    {{{removed}}}

    {{/removed}}
    {{#integrity}}
    ## Integrity

    {{{integrity}}}

    {{/integrity}}

    """
}
