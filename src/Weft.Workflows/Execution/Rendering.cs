using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>
/// Evaluates an execution's templates and conditions: here, or by the Evaluate activity where one calls a tool or needs the
/// inside of a stored payload. A stored payload that is only passed on stays what it is.
/// </summary>
/// <param name="context">The instance whose templates they are.</param>
/// <param name="templates">Parses a template.</param>
/// <param name="conditions">Compiles a condition.</param>
/// <param name="entities">Whose account the tools that templates call use: tool → entity; null: nobody's.</param>
internal sealed class Rendering(
    IOrchestrationContext context,
    Func<string, Template> templates,
    Func<ConditionDefinition, CompiledCondition> conditions,
    Func<IEnumerable<string>, IReadOnlyDictionary<string, string>?> entities)
{
    /// <summary>Renders a tree in a data position: an unknown path is an error.</summary>
    /// <param name="template">A text, or a tree with templates as its strings; null renders null.</param>
    /// <param name="scope">The names it sees.</param>
    /// <param name="step">Whose step it is.</param>
    /// <param name="cancellationToken">Gives up on an activity.</param>
    /// <returns>A value of the caller's own.</returns>
    /// <exception cref="WeftException">A template can't be read or evaluated.</exception>
    public async Task<JsonNode?> DataAsync(JsonNode? template, ExpressionScope scope, StepScope step, CancellationToken cancellationToken)
    {
        var remote = new RemoteTemplates();
        var rendered = Render(template, scope, remote);
        if (remote.Templates.Count == 0)
        {
            return rendered;
        }

        var result = await EvaluateAsync(
            new JsonArray([.. remote.Templates.Select(x => (JsonNode)x.Source)]),
            PayloadPaths.Values(remote.Templates.SelectMany(x => PathsOf(x, scope)), scope),
            strict: true,
            step,
            cancellationToken,
            eachItem: true,
            tools: remote.Templates.SelectMany(x => x.ReferencedTools));
        return Fill(rendered, remote, result.Value as JsonArray ?? []);
    }

    /// <summary>Renders a text that a model reads: an unknown path renders empty, and is a warning.</summary>
    /// <returns>A text, or a stored payload of one.</returns>
    /// <inheritdoc cref="DataAsync" path="/exception"/>
    public async Task<JsonNode> PromptAsync(
        string text, ExpressionScope scope, StepScope step, List<string> warnings, CancellationToken cancellationToken)
    {
        var template = templates(text);
        if (IsRemote(template, scope, forwards: false))
        {
            var result = await EvaluateAsync(text, PayloadPaths.Values(PathsOf(template, scope), scope), strict: false, step,
                cancellationToken, tools: template.ReferencedTools);
            warnings.AddRange(result.Warnings);
            return result.Value ?? "";
        }

        var rendered = template.Render(scope, TemplateOptions.Lenient);
        warnings.AddRange(rendered.Warnings.Select(x => x.Message));
        return await StoreAsync(rendered.Text, step, cancellationToken) ?? "";
    }

    /// <summary>Renders a text in a data position as text.</summary>
    /// <inheritdoc cref="DataAsync" path="/exception"/>
    public async Task<string> TextAsync(string text, ExpressionScope scope, StepScope step, CancellationToken cancellationToken)
    {
        var value = await DataAsync(text, scope, step, cancellationToken);
        return value is JsonValue scalar && scalar.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString(WeftJson.Options) ?? "";
    }

    /// <summary>Whether a condition holds.</summary>
    /// <inheritdoc cref="DataAsync" path="/exception"/>
    public async Task<bool> HoldsAsync(
        ConditionDefinition condition, ExpressionScope scope, StepScope step, CancellationToken cancellationToken)
    {
        var compiled = conditions(condition);
        var paths = compiled.ReadsWholeScope ? PayloadPaths.Everything(scope) : compiled.ReferencedPaths;
        if (!PayloadPaths.NeedFetching(paths, scope, forwards: false))
        {
            return compiled.Evaluate(scope);
        }

        var request = new EvaluateRequest(step, null, PayloadPaths.Values(paths, scope), Strict: true, context.CurrentUtcDateTime)
        {
            Condition = condition,
        };
        var result = await CallAsync(request, cancellationToken);
        return result.Value is JsonValue value && value.TryGetValue<bool>(out var holds) && holds;
    }

    /// <summary>Puts a value that is too large for a history into the context store.</summary>
    /// <returns>The value itself, or its stand-in.</returns>
    public async Task<JsonNode?> StoreAsync(JsonNode? value, StepScope step, CancellationToken cancellationToken)
    {
        if (value is null || !IsLarge(value))
        {
            return value;
        }

        var result =
            await EvaluateAsync("{{ value }}", new JsonObject { ["value"] = value.DeepClone() }, strict: true, step, cancellationToken);
        return result.Value;
    }

    /// <summary>Whether a value's JSON is longer than what travels in a history.</summary>
    public static bool IsLarge(JsonNode value) =>
        PayloadReference.HashOf(value) is null
            && Encoding.UTF8.GetByteCount(value.ToJsonString(WeftJson.Options)) > PayloadReference.InlineLimit;

    /// <summary>Opens a list that is stored as a whole: its items are stored one by one where they are large.</summary>
    public async Task<JsonNode?> OpenListAsync(JsonNode? value, StepScope step, CancellationToken cancellationToken) =>
        PayloadReference.HashOf(value) is null
            ? value
            : (await EvaluateAsync("{{ value }}", new JsonObject { ["value"] = value?.DeepClone() }, strict: true, step, cancellationToken,
                eachItem: true)).Value;

    private Task<EvaluateResult> EvaluateAsync(
        JsonNode template,
        JsonObject values,
        bool strict,
        StepScope step,
        CancellationToken cancellationToken,
        bool eachItem = false,
        IEnumerable<string>? tools = null) => CallAsync(
            new EvaluateRequest(step, template, values, strict, context.CurrentUtcDateTime)
            {
                StoreEachItem = eachItem,
                Entities = tools is null ? null : entities(tools),
            },
            cancellationToken);

    private Task<EvaluateResult> CallAsync(EvaluateRequest request, CancellationToken cancellationToken) =>
        context.CallActivityAsync<EvaluateResult>(
            StepNames.Evaluate, request, new ActivityOptions { CancellationToken = cancellationToken });

    private static bool IsRemote(Template template, ExpressionScope scope, bool forwards) =>
        template.ReferencedTools.Count > 0 || PayloadPaths.NeedFetching(PathsOf(template, scope), scope, forwards);

    private static IReadOnlyList<ReferencedPath> PathsOf(Template template, ExpressionScope scope) =>
        template.ReadsWholeScope ? PayloadPaths.Everything(scope) : template.ReferencedPaths;

    /// <summary>Renders what can be rendered here; in the place of the rest stands a mark, and its template goes to the list.</summary>
    private JsonNode? Render(JsonNode? node, ExpressionScope scope, RemoteTemplates remote)
    {
        switch (node)
        {
            case JsonObject members:
                var rendered = new JsonObject();
                foreach (var (name, member) in members)
                {
                    rendered[name] = Render(member, scope, remote);
                }

                return rendered;
            case JsonArray items:
                return new JsonArray([.. items.Select(x => Render(x, scope, remote))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && Template.HasTags(text):
                var template = templates(text);
                var forwards = template is { IsExpression: true, ReferencedPaths: [var path] } && IsPlain(text, path);
                if (IsRemote(template, scope, forwards))
                {
                    return remote.Add(template);
                }

                return template.Evaluate(scope).Value;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Whether a text is one path and nothing else, so that its value is passed on as it is.</summary>
    private static bool IsPlain(string text, ReferencedPath path)
    {
        var inside = text.AsSpan().Trim().TrimStart("{").TrimEnd("}").Trim(" -").TrimStart(".");
        return inside.SequenceEqual(path.ToString());
    }

    private static JsonNode? Fill(JsonNode? node, RemoteTemplates remote, JsonArray values)
    {
        if (node is null)
        {
            return null;
        }

        if (remote.Places.TryGetValue(node, out var place))
        {
            return place < values.Count ? values[place]?.DeepClone() : null;
        }

        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                {
                    var filled = Fill(member, remote, values);
                    if (!ReferenceEquals(filled, member))
                    {
                        members[name] = filled;
                    }
                }

                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var filled = Fill(items[i], remote, values);
                    if (!ReferenceEquals(filled, items[i]))
                    {
                        items[i] = filled;
                    }
                }

                return items;
            default:
                return node;
        }
    }

    /// <summary>The templates that an activity evaluates, and the nodes that hold the places of their values.</summary>
    private sealed class RemoteTemplates
    {
        public List<Template> Templates { get; } = [];

        public Dictionary<JsonNode, int> Places { get; } = new(ReferenceEqualityComparer.Instance);

        public JsonNode Add(Template template)
        {
            JsonNode place = JsonValue.Create("");
            Places[place] = Templates.Count;
            Templates.Add(template);
            return place;
        }
    }
}
