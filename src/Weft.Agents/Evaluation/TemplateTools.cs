using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Agents.Tools;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Evaluation;

/// <summary>Makes the tool calls that templates ask for: <c>{{ tools.billing.get_status(input.id) }}</c>.</summary>
internal sealed class TemplateTools(CallTool callTool, ToolRegistry registry, ContextStore contexts)
{
    /// <summary>The most tool calls of one evaluation.</summary>
    public const int MostCalls = 50;

    public Session Open(ActivityContext context, EvaluateRequest request, WorkflowDefinition? definition) =>
        new(this, context, request, definition);

    /// <summary>
    /// The calls of one evaluation. The same call within it is made once; delivered again, the evaluation makes none twice.
    /// </summary>
    public sealed class Session
    {
        private readonly TemplateTools _tools;
        private readonly EvaluateRequest _request;
        private readonly WorkflowDefinition? _definition;
        private readonly string _callIds;
        private readonly Dictionary<string, JsonNode?> _answers = new(StringComparer.Ordinal);

        public Session(TemplateTools tools, ActivityContext context, EvaluateRequest request, WorkflowDefinition? definition)
        {
            (_tools, _request, _definition) = (tools, request, definition);
            var place = context.CallId >= 0 ? $"{context.InstanceId}/{context.CallId}"
                : RecordKeys.Digest(JsonSerializer.Serialize(request, WeftJson.Options));
            _callIds = $"template/{request.Scope.NodeId}/{place}";
            Services = new ExpressionServices
            {
                UtcNow = () => request.Now,
                NewGuid = Guid.NewGuid,
                ValidateSchema = Faults,
                CallTool = (names, arguments) => _answers.TryGetValue(KeyOf(names, arguments), out var answer)
                    ? answer?.DeepClone()
                    : throw new ToolAnswerNeededException(new TemplateToolCall(names, arguments)),
            };
        }

        public ExpressionServices Services { get; }

        /// <summary>Makes a call and keeps its answer.</summary>
        /// <exception cref="ActivityException">The tool failed, or too many were asked for.</exception>
        public async Task AnswerAsync(TemplateToolCall call, CancellationToken cancellationToken)
        {
            if (_answers.Count == MostCalls)
            {
                throw new ActivityException(
                    "template_limit", Fault.Invalid,
                    $"The templates of '{_request.Scope.NodeId}' ask for more than {MostCalls} tool calls. Make them in nodes of their "
                    + $"own.");
            }

            var (tool, arguments) = await _tools.RequestOfAsync(_request.Scope, call, _definition, cancellationToken);
            var request = new CallToolRequest
            {
                Scope = _request.Scope,
                CallId = $"{_callIds}/{_answers.Count}",
                Tool = tool,
                Arguments = arguments,
                EntityId = _request.Entities?.GetValueOrDefault(string.Join('.', call.Names)),
            };
            _answers[KeyOf(call.Names, call.Arguments)] = await _tools.CallAsync(request, cancellationToken);
        }

        private IReadOnlyList<string> Faults(string name, JsonNode? value)
        {
            if (_definition?.Schemas.GetValueOrDefault(name) is not { } schema)
            {
                throw new ExpressionException(
                    TemplateErrorCodes.Schema,
                    $"There is no schema '{name}'.{NearMiss.HintOrList(name, _definition?.Schemas.Keys ?? [], "Schemas")}");
            }

            return [.. JsonSchemaValidator.Validate(schema, value, x => _definition.Schemas.GetValueOrDefault(x)).Select(
                f => f.ToString())];
        }

        private static string KeyOf(IReadOnlyList<string> names, JsonArray arguments) =>
            string.Join('.', names) + arguments.ToJsonString(WeftJson.Options);
    }

    private async Task<JsonNode?> CallAsync(CallToolRequest request, CancellationToken cancellationToken)
    {
        var outcome =
            await callTool.RunAsync(new ActivityContext(request.Scope.ExecutionId, StepNames.CallTool, -1), request, cancellationToken);
        return outcome switch
        {
            ToolOutcome.Succeeded done => await contexts.LoadAsync(done.Output, cancellationToken),
            ToolOutcome.Failed failed => throw new ActivityException(
                "tool_failed",
                Fault.Upstream with { Retryable = failed.Failure.Retryable },
                $"The template's call of '{request.Tool}' failed ({failed.Failure.Kind}): {failed.Failure.Message}",
                failed.Failure.Details?.DeepClone()),
            _ => throw new InvalidOperationException("A tool outcome of an unknown kind."),
        };
    }

    // tools.billing.get_status(x): the file's tool 'billing' with action get_status, else the action billing.get_status of an app.
    private async Task<(string Tool, JsonObject Arguments)> RequestOfAsync(
        StepScope scope, TemplateToolCall call, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var whole = string.Join('.', call.Names);
        var own = definition?.Tools.FirstOrDefault(t => t.Id == whole) ?? definition?.Tools.FirstOrDefault(t => t.Id == call.Names[0]);
        if (own is null)
        {
            var spec = (await registry.DescribeAsync(scope, [whole], cancellationToken)).FirstOrDefault();
            return (whole, ArgumentsOf(call.Arguments, spec?.Parameters, []));
        }

        if (own.Id == whole)
        {
            return (own.Id, ArgumentsOf(call.Arguments, own.InputSchema, []));
        }

        // The registry knows such a name: the word after the dot is the action, though the schema's list may not have it.
        var action = string.Join('.', call.Names.Skip(1));
        var arguments = ArgumentsOf(call.Arguments, own.InputSchema, new JsonObject { ["action"] = action });
        if (own is { Type: "http" } && (own.InputSchema?["properties"] as JsonObject)?.ContainsKey("action") == true)
        {
            arguments.Remove("action");
            return ($"{own.Id}.{action}", arguments);
        }

        return (own.Id, arguments);
    }

    // One object is the arguments by name; other values take the schema's properties in their order.
    private static JsonObject ArgumentsOf(JsonArray given, JsonObject? schema, JsonObject arguments)
    {
        if (given is [JsonObject named])
        {
            foreach (var (name, value) in named)
            {
                arguments[name] = value?.DeepClone();
            }

            return arguments;
        }

        var names = (schema?["properties"] as JsonObject)?.Select(p => p.Key).Where(n => !arguments.ContainsKey(n)).ToList() ?? [];
        for (var i = 0; i < given.Count; i++)
        {
            arguments[i < names.Count ? names[i] : $"arg{i + 1}"] = given[i]?.DeepClone();
        }

        return arguments;
    }
}
