using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Builds the body of the steps dialect: a list of tasks that run in order.</summary>
internal sealed class StepsLoader(LoadContext context, Library library)
{
    private const string TextCondition = "expr";

    public SequenceBody Load()
    {
        var taken = new Dictionary<string, SourceNode>();
        var names = new Dictionary<string, string>();
        var steps = new List<(string Id, SourceMap Map)>();
        foreach (var map in context.Root.Maps("steps"))
        {
            var name = map.Scalar("name") ?? SourceJson.Text($"step_{steps.Count}", map);
            if (Library.Claim(taken, name, "step", context.Bag))
            {
                var id = IdFrom(name.Text);
                names[name.Text] = id;
                names.TryAdd(id, id);
                steps.Add((id, map));
            }
        }

        if (steps.Count > LoadLimits.MaxSteps)
        {
            context.Bag.Error(
                DiagnosticCodes.TooManySteps, steps[LoadLimits.MaxSteps].Map, $"The file has more than {LoadLimits.MaxSteps:N0} steps.");
        }

        var tasks = steps.Select(s => Step(s.Map, s.Id, names)).ToList();
        var failFast = context.Root.Bool("fail_fast") ?? context.Root.Map("execution_config")?.Bool("fail_fast") ?? true;
        return new SequenceBody(KeepOrder(tasks)) { FailFast = failFast };
    }

    /// <summary>Where a step jumps on failure, every other step says what comes next: a list with transitions has no other order.</summary>
    private static List<TaskDefinition> KeepOrder(List<TaskDefinition> tasks)
    {
        if (tasks.TrueForAll(t => t.OnError is null))
        {
            return tasks;
        }

        return [.. tasks.Select(
            (t, i) => i + 1 < tasks.Count && t is not GateTask { Then: not null } ? t with { OnSuccess = new Transition(tasks[i + 1].Id) }
                : t)];
    }

    private TaskDefinition Step(SourceMap map, string id, Dictionary<string, string> names)
    {
        TaskDefinition task = map.Text("type") switch
        {
            "condition" => new GateTask
            {
                Id = id,
                Condition = map.Condition(TextCondition, "condition") ?? new ConditionDefinition("always", ""),
                Then = Target(map.Scalar("then"), names),
                Else = Target(map.Scalar("else"), names),
            },
            "transform" =>
                new BasicTask
                {
                    Id = id,
                    Step = new TransformStep { Value = map.Json("transform") },
                    When = map.Condition(TextCondition, "condition"),
                },
            _ => new BasicTask
            {
                Id = id,
                Step = Action(map),
                With = map.Json("params"),
                When = map.Condition(TextCondition, "condition"),
            },
        };
        var onError = map.Scalar("on_error");
        return task with
        {
            Outputs = map.Json("outputs"),
            OnError = onError is null or { Text: "fail" or "continue" } ? null
                : Target(onError, names) is { } next ? new Transition(next) : null,
            ContinueOnError = onError?.Text == "continue",
            Policy = new StepPolicy { Retry = Sections.Retry(map, "retry"), Timeout = map.Duration("timeout") },
            Source = map.Span,
        };
    }

    private ToolStep Action(SourceMap map)
    {
        var action = map.Scalar("action");
        var app = map.Scalar("app");
        var name = app is null || action is null ? action?.Text : $"{app.Text}.{action.Text}";
        if (app is null && action is not null && !IsWhole(action.Text))
        {
            context.Bag.Error(
                DiagnosticCodes.ActionWithoutApp, map, $"The action '{action.Text}' needs 'app', or write it as 'app.{action.Text}'.");
        }
        else if (app is null && action is not null)
        {
            name = library.ToolName(action);
        }

        return new ToolStep
        {
            Tool = name ?? "",
            OnUnknownOutcome = map.Text("on_unknown_outcome") switch { "retry" => UnknownOutcomePolicy.Retry,
                "ask" => UnknownOutcomePolicy.Ask, _ => UnknownOutcomePolicy.Fail },
        };
    }

    /// <summary>Whether an action says which app it is of: <c>app.action</c>, <c>GITHUB_CREATE_ISSUE</c>, or a tool of the file.</summary>
    private bool IsWhole(string action) =>
        action.Contains('.', StringComparison.Ordinal)
        || (action.Contains('_', StringComparison.Ordinal)
            && action.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
        || library.Tools.Any(t => t.Id == action);

    private string? Target(SourceScalar? name, Dictionary<string, string> names)
    {
        if (name is null)
        {
            return null;
        }

        if (!names.TryGetValue(name.Text, out var id))
        {
            context.Bag.Error(DiagnosticCodes.UnknownStep, name,
                $"No step is called '{name.Text.Clip(60)}'.{NearMiss.HintOrList(name.Text, names.Keys, "Steps")}");
        }

        return id;
    }

    /// <summary>The id of a step: its name, with <c>_</c> for whatever no id can have.</summary>
    private static string IdFrom(string name)
    {
        if (TextCheck.IsId(name))
        {
            return name;
        }

        var id = string.Concat(name.Trim().Take(128).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_')).TrimStart('-');
        return id.Length == 0 ? "step" : id;
    }
}
