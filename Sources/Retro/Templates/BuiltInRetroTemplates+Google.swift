extension BuiltInRetroTemplates {
  /// The section set of the example postmortem in Google's book on site reliability.
  static let google = """
    # {{title}}

    {{#incident}}
    - Incident: {{incident}}
    {{/incident}}
    - Date: {{started}}
    - Status: {{status}}

    {{#x_owner}}
    ## Authors

    {{{x_owner}}}

    {{/x_owner}}
    {{^x_owner}}
    {{#inside}}
    ## Authors

    *Nothing was written yet.*

    {{/inside}}
    {{/x_owner}}
    {{#summary}}
    ## Summary

    {{{summary}}}

    {{/summary}}
    {{#impact}}
    ## Impact

    {{{impact}}}

    {{/impact}}
    {{#root_cause}}
    ## Root causes

    {{{root_cause}}}

    {{/root_cause}}
    {{^root_cause}}
    {{#inside}}
    ## Root causes

    *Nothing was written yet.*

    {{/inside}}
    {{/root_cause}}
    {{#x_trigger}}
    ## Trigger

    {{{x_trigger}}}

    {{/x_trigger}}
    {{^x_trigger}}
    {{#inside}}
    ## Trigger

    *Nothing was written yet.*

    {{/inside}}
    {{/x_trigger}}
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
    {{#detection}}
    ## Detection

    {{{detection}}}

    {{/detection}}
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
    ## Lessons

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
    ### What went wrong

    {{{went_badly}}}

    {{/went_badly}}
    {{^went_badly}}
    {{#inside}}
    ### What went wrong

    *Nothing was written yet.*

    {{/inside}}
    {{/went_badly}}
    {{#went_luckily}}
    ### Where we got lucky

    {{{went_luckily}}}

    {{/went_luckily}}
    {{^went_luckily}}
    {{#inside}}
    ### Where we got lucky

    *Nothing was written yet.*

    {{/inside}}
    {{/went_luckily}}
    {{#lessons}}
    ### More

    {{{lessons}}}

    {{/lessons}}
    ## Timeline

    {{{timeline}}}

    ## Supporting information

    {{{key_times}}}

    {{#charts}}
    {{{charts}}}

    {{/charts}}
    {{#runs}}
    {{{runs}}}

    {{/runs}}
    {{#evidence}}
    {{{evidence}}}

    {{/evidence}}
    {{#updates}}
    {{{updates}}}

    {{/updates}}
    {{#tickets}}
    {{{tickets}}}

    {{/tickets}}
    {{#amended}}
    {{{amended}}}

    {{/amended}}
    {{#removed}}
    {{{removed}}}

    {{/removed}}
    {{{integrity}}}

    """
}
