using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>Puts secrets in the place of their marks right before the wire, and takes them out of what comes back.</summary>
internal sealed class ToolSecrets(SecretSource source)
{
    /// <summary>Shorter values are no secrets, and would blot out ordinary text.</summary>
    private const int ShortestHidden = 6;

    private const string Blot = "***";

    /// <summary>The tree with its secrets in place, and the secrets themselves; or what is not set.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="definition">Whose <c>env</c> entries it may read; null: the host's environment alone.</param>
    /// <param name="own">Entries of the step and the tool, over those (<see cref="EnvOf"/>).</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Revealed> RevealAsync(
        JsonNode node, WorkflowDefinition? definition, IReadOnlyDictionary<string, string>? own, CancellationToken cancellationToken)
    {
        if (!SecretPlaceholders.Contains(node))
        {
            return new Revealed(node, [], null);
        }

        try
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            Collect(node, names);
            var values = await source.FindAsync(names, definition, own, cancellationToken);
            var whole = SecretPlaceholders.Substitute(node, name => values.GetValueOrDefault(name));
            return new Revealed(whole ?? node, [.. values.Values], null);
        }
        catch (WeftException exception) when (exception.Code is "secret_not_set" or "secret_unreadable")
        {
            return new Revealed(node, [], new ToolFailure("unavailable", exception.Message, Retryable: false) { Details = new JsonObject { ["code"] = exception.Code } });
        }
    }

    /// <summary>The environment entries of one call: the step's over the tool's own; null: neither has any.</summary>
    public static IReadOnlyDictionary<string, string>? EnvOf(StepScope scope, IReadOnlyDictionary<string, string> tool)
    {
        if (tool.Count == 0)
        {
            return scope.Env;
        }

        var env = tool.ToDictionary(e => e.Key, e => Template.HasTags(e.Value) ? Template.Parse(e.Value).Render(new ExpressionScope()).Text : e.Value, StringComparer.Ordinal);
        foreach (var (name, value) in scope.Env ?? new Dictionary<string, string>())
        {
            env[name] = value;
        }

        return env;
    }

    /// <summary>The reply without the secrets that went out: services like to quote what they were sent.</summary>
    public static ToolReply Hide(ToolReply reply, IReadOnlyList<string> values)
    {
        var hidden = values.Where(v => v.Length >= ShortestHidden).SelectMany(v => new[] { v, Uri.EscapeDataString(v) }).Distinct(StringComparer.Ordinal)
            .OrderByDescending(v => v.Length).ToList();
        return hidden.Count == 0 ? reply : reply switch
        {
            ToolReply.Answered answered => answered with { Output = Hide(answered.Output, hidden) },
            ToolReply.Failed failed => failed with
            {
                Failure = failed.Failure with { Message = Hide(failed.Failure.Message, hidden), Details = Hide(failed.Failure.Details, hidden) },
            },
            _ => reply,
        };
    }

    private static string Hide(string text, IReadOnlyList<string> values) =>
        values.Aggregate(text, (current, value) => current.Replace(value, Blot, StringComparison.Ordinal));

    private static JsonNode? Hide(JsonNode? node, IReadOnlyList<string> values)
    {
        switch (node)
        {
            case JsonObject o:
                return new JsonObject(o.Select(p => KeyValuePair.Create(Hide(p.Key, values), Hide(p.Value, values))).DistinctBy(p => p.Key));
            case JsonArray a:
                return new JsonArray([.. a.Select(x => Hide(x, values))]);
            case JsonValue v when v.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(Hide(v.GetValue<string>(), values));
            default:
                return node?.DeepClone();
        }
    }

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o)
                {
                    names.UnionWith(SecretPlaceholders.Names(name));
                    Collect(value, names);
                }

                break;
            case JsonArray a:
                foreach (var item in a)
                {
                    Collect(item, names);
                }

                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String:
                names.UnionWith(SecretPlaceholders.Names(v.GetValue<string>()));
                break;
            default:
                break;
        }
    }
}
