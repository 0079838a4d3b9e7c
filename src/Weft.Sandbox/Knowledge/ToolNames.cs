namespace Weft.Sandbox.Knowledge;

/// <summary>The spellings of a tool's name: <c>shop.get_order</c> in a workflow, <c>shop_get_order</c> on the wire, <c>SHOP_GET_ORDER</c>
/// at Composio.</summary>
internal static class ToolNames
{
    /// <summary>The spelling in which names are compared.</summary>
    public static string Key(string name) => name.Replace('.', '_').Replace('-', '_').ToLowerInvariant();

    public static string Slug(string name) => Key(name).ToUpperInvariant();

    /// <summary>Whether a word looks like a tool's name: letters and digits, with a dot or an underscore between.</summary>
    public static bool IsName(string word) => word.Length > 0 && char.IsLetter(word[0]) && word.AsSpan(1).IndexOfAny('.', '_') >= 0
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && word[^1] != '.';
}
