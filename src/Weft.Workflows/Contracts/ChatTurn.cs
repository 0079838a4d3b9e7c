using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>One message of a conversation with a model.</summary>
public sealed record ChatTurn
{
    /// <summary>Gets system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the text, or a stored payload of it.</summary>
    public JsonNode? Content { get; init; }

    /// <summary>Gets what an assistant asked for.</summary>
    public IReadOnlyList<ToolInvocation> ToolCalls { get; init; } = [];

    /// <summary>Gets the invocation that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>A turn of instructions.</summary>
    public static ChatTurn System(string text) => new() { Role = "system", Content = text };

    /// <summary>A turn of who asks: text, or a list of parts.</summary>
    public static ChatTurn User(JsonNode content) => new() { Role = "user", Content = content };

    /// <summary>The answer of a tool to one call.</summary>
    public static ChatTurn Tool(string toolCallId, JsonNode content) => new() { Role = "tool", ToolCallId = toolCallId, Content = content };
}
