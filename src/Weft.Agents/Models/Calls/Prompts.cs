namespace Weft.Agents.Models.Calls;

/// <summary>What models are told in words where their services have no other way to be told it.</summary>
internal static class Prompts
{
    /// <summary>The form of an answer that must be some JSON.</summary>
    public const string IsJson = "Answer with one JSON object and nothing else: no prose before or after it, no code fence.";

    /// <summary>The form of an answer that must fit a schema, which follows.</summary>
    public const string FitsSchema = IsJson + " It must be valid against this JSON Schema:\n";

    /// <summary>That a tool must be called.</summary>
    public const string MustCall = "Answer by calling one of the tools, not in words.";
}
