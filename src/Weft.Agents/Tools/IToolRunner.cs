using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>Calls one kind of tool. Knows its wire; knows nothing of records, limits and retries.</summary>
public interface IToolRunner
{
    /// <summary>What a repeat of this call would do.</summary>
    ToolEffect EffectOf(JsonObject arguments);

    /// <summary>
    /// Does what a call needs and nobody could mistake for the call, such as finding the account: it comes before the intent is written.
    /// </summary>
    /// <returns>Null: ready. Else why the call cannot be made.</returns>
    Task<ToolReply.Failed?> PrepareAsync(ToolAttempt attempt, CancellationToken cancellationToken) =>
        Task.FromResult<ToolReply.Failed?>(null);

    /// <summary>Makes the call, once.</summary>
    /// <param name="attempt">The call.</param>
    /// <param name="cancellationToken">Breaks it off; then, and only then, an <see cref="OperationCanceledException"/> leaves.</param>
    /// <returns>
    /// The answer, or the failure and how certain it is that nothing was done. Secrets are taken out of either afterwards.
    /// </returns>
    Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken);
}
