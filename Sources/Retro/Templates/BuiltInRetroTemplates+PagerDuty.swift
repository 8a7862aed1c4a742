extension BuiltInRetroTemplates {
  /// The section set of PagerDuty's postmortem template.
  static let pagerDuty = """
    # {{incident}} {{title}}

    ## Owner of this postmortem

    {{#x_owner}}
    {{{x_owner}}}

    {{/x_owner}}
    {{^x_owner}}
    *Nothing was written yet.*

    {{/x_owner}}
    ## Meeting

    {{#x_meeting}}
    {{{x_meeting}}}

    {{/x_meeting}}
    {{^x_meeting}}
    *Nothing was written yet.*

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
    ## Contributing factors

    {{#contributing_factors}}
    {{{contributing_factors}}}

    {{/contributing_factors}}
    {{^contributing_factors}}
    *Nothing was written yet.*

    {{/contributing_factors}}
    ## Resolution

    {{#resolution}}
    {{{resolution}}}

    {{/resolution}}
    {{^resolution}}
    *It is not resolved.*

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

    ### What went well

    {{#went_well}}
    {{{went_well}}}

    {{/went_well}}
    {{^went_well}}
    *Nothing was written yet.*

    {{/went_well}}
    ### What did not go well

    {{#went_badly}}
    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    *Nothing was written yet.*

    {{/went_badly}}
    ## Action items

    {{#actions}}
    {{{actions}}}

    {{/actions}}
    {{^actions}}
    *None is recorded.*

    {{/actions}}
    ## Messages

    ### Inside the house

    {{#x_internal_message}}
    {{{x_internal_message}}}

    {{/x_internal_message}}
    {{^x_internal_message}}
    *Nothing was written yet.*

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
