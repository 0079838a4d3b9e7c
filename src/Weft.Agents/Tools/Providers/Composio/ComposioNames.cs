namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Names of actions as users write them (<c>shopify.get_order</c>), and Composio's slugs (<c>SHOPIFY_GET_ORDER</c>).</summary>
/// <remarks>
/// Slugs are not mechanical: Composio renames them. A name is looked up by its mechanical slug first, then by the aliases
/// below (and <see cref="ComposioOptions.Aliases"/>, which come before both). The newest slug of an alias comes first.
/// </remarks>
internal static class ComposioNames
{
    private static readonly Dictionary<string, string[]> BuiltInAliases = new(StringComparer.Ordinal)
    {
        ["shopify.get_order"] = ["SHOPIFY_GET_ORDER", "SHOPIFY_GET_ORDERSBY_ID"],
        ["shopify.get_order_by_id"] = ["SHOPIFY_GET_ORDER", "SHOPIFY_GET_ORDERSBY_ID"],
        ["shopify.list_orders"] = ["SHOPIFY_GET_ORDERS_WITH_FILTERS", "SHOPIFY_GET_ORDER_LIST"],
        ["shopify.get_orders"] = ["SHOPIFY_GET_ORDERS_WITH_FILTERS", "SHOPIFY_GET_ORDER_LIST"],
        ["shopify.count_order"] = ["SHOPIFY_RETRIEVES_AN_ORDER_COUNT", "SHOPIFY_COUNT_ORDER"],
        ["shopify.count_orders"] = ["SHOPIFY_RETRIEVES_AN_ORDER_COUNT", "SHOPIFY_COUNT_ORDER"],
        ["gmail.list_threads"] = ["GMAIL_LIST_THREADS"],
        ["gmail.list_emails"] = ["GMAIL_FETCH_EMAILS"],
        ["gmail.create_draft"] = ["GMAIL_CREATE_EMAIL_DRAFT"],
        ["slack.send_message"] = ["SLACK_SEND_MESSAGE", "SLACK_SENDS_A_MESSAGE_TO_A_SLACK_CHANNEL", "SLACK_CHAT_POST_MESSAGE"],
        ["slack.post_message"] = ["SLACK_SEND_MESSAGE", "SLACK_SENDS_A_MESSAGE_TO_A_SLACK_CHANNEL", "SLACK_CHAT_POST_MESSAGE"],
        ["github.create_issue"] = ["GITHUB_CREATE_AN_ISSUE", "GITHUB_CREATE_ISSUE"],
        ["github.list_issues"] = ["GITHUB_LIST_REPOSITORY_ISSUES"],
        ["github.get_me"] = ["GITHUB_GET_THE_AUTHENTICATED_USER", "GITHUB_GET_AUTHENTICATED_USER"],
        ["github.get_authenticated_user"] = ["GITHUB_GET_THE_AUTHENTICATED_USER", "GITHUB_GET_AUTHENTICATED_USER"],
        ["linear.create_issue"] = ["LINEAR_CREATE_LINEAR_ISSUE"],
        ["linear.create_comment"] = ["LINEAR_CREATE_LINEAR_COMMENT"],
        ["linear.list_issues"] = ["LINEAR_LIST_LINEAR_ISSUES"],
        ["notion.create_page"] = ["NOTION_CREATE_NOTION_PAGE"],
        ["hubspot.create_contact"] = ["HUBSPOT_CREATE_CONTACT", "HUBSPOT_CREATE_CONTACT_OBJECT_WITH_PROPERTIES"],
        ["googlecalendar.list_events"] = ["GOOGLECALENDAR_EVENTS_LIST"],
        ["zendesk.create_ticket"] = ["ZENDESK_CREATE_ZENDESK_TICKET"],
        ["asana.create_task"] = ["ASANA_CREATE_A_TASK"],
        ["zoom.create_meeting"] = ["ZOOM_CREATE_A_MEETING"],
    };

    /// <summary>The slug that a name has by rule.</summary>
    public static string SlugOf(string app, string action) => $"{app}_{action}".ToUpperInvariant();

    /// <summary>The action's name within its app.</summary>
    public static string ActionOf(ComposioTool tool)
    {
        var prefix = tool.Toolkit.Replace('-', '_') + "_";
        var plain = tool.Slug.ToLowerInvariant();
        return plain.StartsWith(prefix, StringComparison.Ordinal) && plain.Length > prefix.Length ? plain[prefix.Length..] : plain;
    }

    /// <summary>The slugs to try for a name, best first.</summary>
    public static IReadOnlyList<string> Candidates(string app, string action, IReadOnlyDictionary<string, string> aliases)
    {
        var name = $"{app}.{action}";
        var own = aliases.TryGetValue(name, out var list)
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        var builtIn = BuiltInAliases.TryGetValue(name, out var known) ? known : [];
        return [.. own.Select(s => s.ToUpperInvariant()).Append(SlugOf(app, action)).Concat(builtIn).Distinct(StringComparer.Ordinal)];
    }
}
