using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Evaluation;

/// <summary>
/// Evaluates what an orchestrator must not or cannot: templates over stored payloads, templates that call tools, a model's long text.
/// </summary>
/// <remarks>Secrets stay placeholders here too: they are put in right before the wire.</remarks>
internal sealed class Evaluate(IDefinitionSource definitions, ContextStore contexts, TemplateTools tools)
    : IActivity<EvaluateRequest, EvaluateResult>
{
    public async Task<EvaluateResult> RunAsync(ActivityContext context, EvaluateRequest input, CancellationToken cancellationToken)
    {
        var definition =
            input.Scope.ContentHash.Length == 0 ? null : await definitions.GetAsync(input.Scope.ContentHash, cancellationToken);
        var values = await contexts.LoadAsync(input.Values, cancellationToken) as JsonObject ?? [];
        var session = tools.Open(context, input, definition);
        try
        {
            // A template is evaluated up to its first tool call without an answer; the call is made, and the template evaluated again.
            while (true)
            {
                try
                {
                    return await ResultAsync(input, definition, ExpressionScope.Of(values, session.Services), cancellationToken);
                }
                catch (ToolAnswerNeededException needed)
                {
                    await session.AnswerAsync(needed.Call, cancellationToken);
                }
            }
        }
        catch (WeftException failed) when (failed is not ActivityException)
        {
            throw new ActivityException(failed.Code, failed.Fault with { Retryable = false }, failed.Message, innerException: failed);
        }
    }

    private async Task<EvaluateResult> ResultAsync(
        EvaluateRequest input, WorkflowDefinition? definition, ExpressionScope scope, CancellationToken cancellationToken)
    {
        if (input.Condition is { } condition)
        {
            return new EvaluateResult(CompiledCondition.Parse(condition.Type, condition.Expression).Evaluate(scope), []);
        }

        var evaluated = Evaluated(input, scope);
        if (!input.ReadJson)
        {
            return new EvaluateResult(
                await OffloadAsync(evaluated.Value, input.StoreEachItem || input.Template is JsonArray, cancellationToken),
                [.. evaluated.Warnings.Select(w => w.Message)]);
        }

        var text = evaluated.Value is JsonValue value && value.TryGetValue<string>(out var plain) ? plain
            : evaluated.Value?.ToJsonString(WeftJson.Options) ?? "";
        var read = StructuredText.Read(text, input.Schema, name => definition?.Schemas.GetValueOrDefault(name));
        return new EvaluateResult(await contexts.OffloadAsync(read.Value, cancellationToken), []) { Faults = read.Faults };
    }

    // A text that a model reads is text, whatever its one expression is.
    private static EvaluatedValue Evaluated(EvaluateRequest input, ExpressionScope scope)
    {
        if (!input.Strict && input.Template is JsonValue value && value.TryGetValue<string>(out var text))
        {
            var rendered = Template.Parse(text).Render(scope, TemplateOptions.Lenient);
            return new EvaluatedValue(rendered.Text, rendered.Warnings);
        }

        return TemplateTree.Parse(input.Template).Evaluate(scope, input.Strict ? TemplateOptions.Strict : TemplateOptions.Lenient);
    }

    // Where a list is several answers, each is offloaded by itself, so that the small ones can be read without a fetch.
    private async Task<JsonNode?> OffloadAsync(JsonNode? value, bool eachItem, CancellationToken cancellationToken)
    {
        if (!eachItem || value is not JsonArray items)
        {
            return await contexts.OffloadAsync(value, cancellationToken);
        }

        var offloaded = new JsonArray();
        foreach (var item in items)
        {
            var kept = await contexts.OffloadAsync(item, cancellationToken);
            offloaded.Add(kept?.Parent is null ? kept : kept.DeepClone());
        }

        return offloaded;
    }
}
