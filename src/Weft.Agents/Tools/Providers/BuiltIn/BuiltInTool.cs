using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>The common part of the tools that the product brings along: they only read, and need no network.</summary>
internal abstract class BuiltInTool(string name, string description, string schema) : IBuiltInTool
{
    public string Name => name;

    public string Description => description;

    public JsonObject Schema { get; } = (JsonObject)JsonNode.Parse(schema)!; // the texts below are objects

    public ToolEffect EffectOf(JsonObject arguments) => ToolEffect.Reads;

    public async Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return new ToolReply.Answered(await AnswerAsync(attempt, cancellationToken));
        }
        catch (ActivityException exception) when (!exception.Fault.Retryable)
        {
            return new ToolReply.Failed(ToolFailureKind.ProviderError.Failure(exception.Message), Certainty.Answered);
        }
    }

    protected abstract Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken);
}
