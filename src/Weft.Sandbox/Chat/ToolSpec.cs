using System.Text.Json.Nodes;

namespace Weft.Sandbox.Chat;

/// <summary>A tool on offer, with the schema of its arguments.</summary>
internal sealed record ToolSpec(string Name, string Description, JsonObject Schema)
{
    /// <summary>Whether both services take a name: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string name, int longest) =>
        name.Length > 0 && name.Length <= longest && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
