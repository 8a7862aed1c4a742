extension BuiltInRetroTemplates {
  /// Ours: what is known first, what people have to write next, the whole record last.
  static let midwatch = """
    # {{#incident}}{{incident}} {{/incident}}{{title}}

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
    {{#root_cause}}
    ## Root cause

    {{{root_cause}}}

    {{/root_cause}}
    {{^root_cause}}
    {{#inside}}
    ## Root cause

    *Nothing was written yet.*

    {{/inside}}
    {{/root_cause}}
    {{#contributing_factors}}
    ## Contributing factors

    {{{contributing_factors}}}

    {{/contributing_factors}}
    {{^contributing_factors}}
    {{#inside}}
    ## Contributing factors

    *Nothing was written yet.*

    {{/inside}}
    {{/contributing_factors}}
    {{#blast_radius}}
    ## Blast radius

    {{{blast_radius}}}

    {{/blast_radius}}
    {{^blast_radius}}
    {{#inside}}
    ## Blast radius

    *Nothing was written yet.*

    {{/inside}}
    {{/blast_radius}}
    {{#went_well}}
    ## What went well

    {{{went_well}}}

    {{/went_well}}
    {{^went_well}}
    {{#inside}}
    ## What went well

    *Nothing was written yet.*

    {{/inside}}
    {{/went_well}}
    {{#went_badly}}
    ## What went badly

    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    {{#inside}}
    ## What went badly

    *Nothing was written yet.*

    {{/inside}}
    {{/went_badly}}
    {{#went_luckily}}
    ## Where we were lucky

    {{{went_luckily}}}

    {{/went_luckily}}
    {{^went_luckily}}
    {{#inside}}
    ## Where we were lucky

    *Nothing was written yet.*

    {{/inside}}
    {{/went_luckily}}
    {{#lessons}}
    ## Lessons

    {{{lessons}}}

    {{/lessons}}
    {{#actions}}
    ## Action items

    {{{actions}}}

    {{/actions}}
    {{^actions}}
    {{#inside}}
    ## Action items

    *None is recorded.*

    {{/inside}}
    {{/actions}}
    {{#follow_ups}}
    ## Follow-ups

    {{{follow_ups}}}

    {{/follow_ups}}
    {{#updates}}
    ## Updates

    {{{updates}}}

    {{/updates}}
    {{^updates}}
    {{#inside}}
    ## Updates

    *None was sent.*

    {{/inside}}
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
