using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Puts secrets in the place of their marks right before the wire, and takes them out of what comes back.</summary>
internal sealed class ToolSecrets(SecretSource source)
{
    /// <summary>The tree with its secrets in place, and what hides them; or what is not set.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="definition">Whose <c>env</c> entries it may read; null: the host's environment alone.</param>
    /// <param name="own">Entries of the step and the tool, over those (<see cref="EnvOf"/>).</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Revealed> RevealAsync(
        JsonNode node, WorkflowDefinition? definition, IReadOnlyDictionary<string, string>? own, CancellationToken cancellationToken)
    {
        if (!SecretPlaceholders.Contains(node))
        {
            return new Revealed(node, SecretHiding.None, null);
        }

        var values = await source.FindAsync(SecretPlaceholders.Names(node), definition?.Env, own, cancellationToken);
        try
        {
            return new Revealed(values.Put(node) ?? node, values.Hiding, null);
        }
        catch (WeftException exception) when (exception.Code is "secret_not_set" or "secret_unreadable")
        {
            var failure =
                ToolFailureKind.Unavailable.Failure(exception.Message) with { Details = new JsonObject { ["code"] = exception.Code } };
            return new Revealed(node, SecretHiding.None, failure);
        }
    }

    /// <summary>The environment entries of one call: the step's over the tool's own; null: neither has any.</summary>
    public static IReadOnlyDictionary<string, string>? EnvOf(StepScope scope, IReadOnlyDictionary<string, string> tool)
    {
        if (tool.Count == 0)
        {
            return scope.Env;
        }

        var env = tool.ToDictionary(e => e.Key, e => SecretSource.Mark(e.Value), StringComparer.Ordinal);
        foreach (var (name, value) in scope.Env ?? new Dictionary<string, string>())
        {
            env[name] = value;
        }

        return env;
    }

    /// <summary>The reply without the secrets that went out: services like to quote what they were sent.</summary>
    public static ToolReply Hide(ToolReply reply, SecretHiding hiding) => reply switch
    {
        ToolReply.Answered answered => answered with { Output = hiding.Hide(answered.Output) },
        ToolReply.Failed failed => failed with
        {
            Failure = failed.Failure with { Message = hiding.Hide(failed.Failure.Message), Details = hiding.Hide(failed.Failure.Details) },
        },
        _ => reply,
    };
}
