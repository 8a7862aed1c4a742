extension BuiltInRetroTemplates {
  /// The section set of PagerDuty's postmortem template.
  static let pagerDuty = """
    # {{#incident}}{{incident}} {{/incident}}{{title}}

    {{#x_owner}}
    ## Owner of this postmortem

    {{{x_owner}}}

    {{/x_owner}}
    {{^x_owner}}
    {{#inside}}
    ## Owner of this postmortem

    *Nothing was written yet.*

    {{/inside}}
    {{/x_owner}}
    {{#x_meeting}}
    ## Meeting

    {{{x_meeting}}}

    {{/x_meeting}}
    {{^x_meeting}}
    {{#inside}}
    ## Meeting

    *Nothing was written yet.*

    {{/inside}}
    {{/x_meeting}}
    ## Overview

    {{{summary}}}

    ## What happened

    {{#x_what_happened}}
    {{{x_what_happened}}}

    {{/x_what_happened}}
    {{^x_what_happened}}
    *Nothing was written yet; the journal has what was done:*

    {{{acts}}}

    {{/x_what_happened}}
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
    {{#resolution}}
    ## Resolution

    {{{resolution}}}

    {{/resolution}}
    {{^resolution}}
    {{#inside}}
    ## Resolution

    *It is not resolved.*

    {{/inside}}
    {{/resolution}}
    {{#effects}}
    {{{effects}}}

    {{/effects}}
    ## Impact

    {{#standings}}
    {{{standings}}}

    {{/standings}}
    {{{impact}}}

    {{#tickets}}
    {{{tickets}}}

    {{/tickets}}
    ## Responders

    {{{roles}}}

    ## Timeline

    {{{key_times}}}

    {{{timeline}}}

    {{#charts}}
    {{{charts}}}

    {{/charts}}
    ## How it went

    {{#went_well}}
    ### What went well

    {{{went_well}}}

    {{/went_well}}
    {{^went_well}}
    {{#inside}}
    ### What went well

    *Nothing was written yet.*

    {{/inside}}
    {{/went_well}}
    {{#went_badly}}
    ### What did not go well

    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    {{#inside}}
    ### What did not go well

    *Nothing was written yet.*

    {{/inside}}
    {{/went_badly}}
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
    ## Messages

    {{#x_internal_message}}
    ### Inside the house

    {{{x_internal_message}}}

    {{/x_internal_message}}
    {{^x_internal_message}}
    {{#inside}}
    ### Inside the house

    *Nothing was written yet.*

    {{/inside}}
    {{/x_internal_message}}
    ### To customers

    {{#x_external_message}}
    {{{x_external_message}}}

    {{/x_external_message}}
    {{{updates}}}

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
