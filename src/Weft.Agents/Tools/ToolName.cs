namespace Weft.Agents.Tools;

/// <summary>Names of tools as users write them: <c>shopify.get_order</c>.</summary>
internal static class ToolName
{
    /// <summary>The name in its one form: lower case, <c>_</c> for <c>-</c> and spaces.</summary>
    public static string Plain(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Splits <c>app.action</c> at the first dot; null when it is no such name.</summary>
    public static (string App, string Action)? Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 || dot == name.Length - 1
            ? null
            : (Plain(name[..dot]), name[(dot + 1)..].Trim() == "*" ? "*" : Plain(name[(dot + 1)..]).Replace('.', '_'));
    }
}
