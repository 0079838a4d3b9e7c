using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Builds the body of the tasks dialect.</summary>
internal sealed partial class TaskLoader(LoadContext context, Library library)
{
    private const string TextCondition = "expr";

    private readonly Dictionary<string, SourceNode> _everyId = [];
    private int _count;

    private DiagnosticBag Bag => context.Bag;

    public SequenceBody Load()
    {
        var tasks = List(context.Root.Maps("tasks"), 1, inCollection: false);
        new TaskReferences(context, _everyId).Check();
        return new SequenceBody(tasks) { FailFast = context.Root.Bool("fail_fast") ?? true };
    }

    /// <summary>A list of tasks: builds each, and checks how they lead to each other.</summary>
    private List<TaskDefinition> List(IEnumerable<SourceMap> maps, int depth, bool inCollection, bool alone = false)
    {
        var taken = new Dictionary<string, SourceNode>();
        var tasks = new List<(TaskDefinition Task, SourceMap Map)>();
        foreach (var map in maps)
        {
            if (map.Scalar("id") is { } id && Library.Claim(taken, id, "task of this list", Bag) && Task(map, depth, inCollection) is { } task)
            {
                tasks.Add((task, map));
            }
        }

        if (!alone)
        {
            new TransitionCheck(Bag, tasks, _everyId).Check();
        }

        return [.. tasks.Select(t => t.Task)];
    }

    private TaskDefinition? Task(SourceMap map, int depth, bool inCollection)
    {
        if (map.Scalar("id") is not { } id)
        {
            return null;
        }

        if (depth > LoadLimits.MaxTaskNesting)
        {
            Bag.Error(DiagnosticCodes.TasksNestedTooDeep, map, $"Tasks are nested deeper than {LoadLimits.MaxTaskNesting} levels. Move some into a workflow of their own.");
            return null;
        }

        if (++_count == LoadLimits.MaxSteps + 1)
        {
            Bag.Error(DiagnosticCodes.TooManySteps, map, $"The file has more than {LoadLimits.MaxSteps:N0} tasks. Split it into workflows that call each other.");
        }

        CheckId(id, inCollection);
        var task = ByType(map, id.Text, depth, inCollection);
        return task is null ? null : WithCommon(task, map);
    }

    private void CheckId(SourceScalar id, bool inCollection)
    {
        var isTemplate = id.Text.Contains("{{", StringComparison.Ordinal);
        if (isTemplate && !inCollection)
        {
            Bag.Error(DiagnosticCodes.BadId, id, $"'{ShapeCheck.Quote(id.Text)}' cannot be an id here: only tasks inside a collection have templates as ids.");
        }
        else if (!isTemplate && !TextCheck.IsId(id.Text))
        {
            Bag.Error(DiagnosticCodes.BadId, id, $"'id' cannot be '{ShapeCheck.Quote(id.Text)}'. Use letters, digits, '_' and '-', at most 128, and no '-' first.");
        }

        if (_everyId.TryGetValue(id.Text, out var first) && !ReferenceEquals(first, id) && !isTemplate)
        {
            Bag.Warn(DiagnosticCodes.DuplicateId, id, $"Another task has the id '{id.Text}' already, in line {first.Line}. '.tasks.{id.Text}' means the one that ran last.");
        }

        _everyId.TryAdd(id.Text, id);
    }

    private TaskDefinition? ByType(SourceMap map, string id, int depth, bool inCollection)
    {
        switch (map.Text("type") ?? "basic")
        {
            case "basic":
                return Basic(map, id);
            case "parallel":
                map.Maps("tasks").ToList().ForEach(m => WarnOfTransitions(m, "a child of a parallel task"));
                return new ParallelTask { Id = id, Strategy = Strategy(map), MaxWorkers = map.Int("max_workers") ?? 0, Tasks = List(map.Maps("tasks"), depth + 1, inCollection, alone: true) };
            case "collection":
                return Collection(map, id, depth);
            case "composite":
                CheckCompositeStrategy(map);
                return new CompositeTask { Id = id, Tasks = List(map.Maps("tasks"), depth + 1, inCollection) };
            case "router":
                return Router(map, id, depth, inCollection);
            case "aggregate":
                if (!map.Has("outputs"))
                {
                    Bag.Error(DiagnosticCodes.Missing, map, "An aggregate task needs 'outputs': they are all it does.");
                }

                return new AggregateTask { Id = id };
            case "wait":
                return Wait(map, id, depth, inCollection);
            case "signal":
                return Signal(map, id);
            case "memory":
                return Memory(map, id);
            case "approval":
                return Approval(map, id);
            case "loop":
                return Loop(map, id, depth, inCollection);
            case "workflow":
                return new BasicTask { Id = id, Step = new SubWorkflowStep { WorkflowId = library.CheckedWorkflow(map.Scalar("workflow", "workflow_id")) } };
            case "transform":
                return new BasicTask { Id = id, Step = new TransformStep { Value = map.Json("transform", "value") } };
            default:
                return null;
        }
    }

    private TaskDefinition WithCommon(TaskDefinition task, SourceMap map)
    {
        var config = map.Map("config");
        if (task is BasicTask { Step: TransformStep or SubWorkflowStep } or AggregateTask or SignalTask or MemoryTask or ApprovalTask)
        {
            Sections.WarnOfAttemptTimeout(map, config, Bag);
        }

        var onError = map.Value("on_error") ?? config?.Value("on_error");
        var hasOwnCondition = task is RouterTask or WaitTask;
        if (!hasOwnCondition && map.Has("condition") && map.Find("when") is { } when)
        {
            Bag.Error(DiagnosticCodes.Exclusive, when.Key, "'when' and 'condition' say the same. Keep one of them.");
        }

        return task with
        {
            With = map.Json("with"),
            Outputs = map.Json("outputs"),
            When = map.Condition(TextCondition, "when") ?? (hasOwnCondition ? null : map.Condition(TextCondition, "condition")),
            OnSuccess = Transition(map.Value("on_success")),
            OnError = onError is SourceScalar { Text: "continue" or "fail" } ? null : Transition(onError),
            ContinueOnError = onError is SourceScalar { Text: "continue" },
            Final = map.Bool("final") ?? false,
            Policy = Policy(task, map, config),
            Sleep = map.Text("sleep"),
            Env = map.TextMap("env"),
            InputSchema = library.Schema(map, "input", "input_schema"),
            OutputSchema = library.Schema(map, "output", "output_schema"),
            Source = map.Span,
        };
    }

    private StepPolicy Policy(TaskDefinition task, SourceMap map, SourceMap? config)
    {
        if (map.Has("retries") && map.FindAny("retry", "retry_policy") is { } retry)
        {
            Bag.Error(DiagnosticCodes.Exclusive, retry.Key, $"'{retry.Key.Text}' and 'retries' say the same. Keep one of them.");
        }

        return new StepPolicy
        {
            Retry = Sections.Retry(map, "retry", "retry_policy")
                ?? (map.Int("retries") is { } retries ? new RetryPolicy { MaxAttempts = retries + 1 } : null)
                ?? (config is null ? null : Sections.Retry(config, "retry_policy", "retry")),
            Timeout = task is WaitTask or ApprovalTask ? null : map.Duration("timeout") ?? config?.Duration("schedule_to_close_timeout"),
            AttemptTimeout = map.Duration("attempt_timeout") ?? config?.Duration("start_to_close_timeout"),
        };
    }

    private static Transition? Transition(SourceNode? node) => node switch
    {
        SourceScalar { IsNull: false } next => new Transition(next.Text),
        SourceMap map when map.Text("next") is { } next => new Transition(next, map.Json("with")),
        _ => null,
    };

    /// <summary>Warns of transitions of a task that no list holds: there is nothing to go on to.</summary>
    private void WarnOfTransitions(SourceMap map, string what)
    {
        foreach (var name in new[] { "on_success", "on_error", "on_timeout" })
        {
            var entry = map.Find(name);
            if (entry is { Value: not SourceScalar { Text: "continue" or "fail" } } idle && idle.Value is not SourceScalar { IsNull: true })
            {
                Bag.Warn(DiagnosticCodes.NoEffect, idle.Key, $"'{name}' has no effect: {what} has nothing beside it to go on to. Put it into a composite task together with what comes next.");
            }
        }
    }

    private static GroupStrategy Strategy(SourceMap map) => map.Text("strategy") switch
    {
        "fail_fast" => GroupStrategy.FailFast,
        "best_effort" => GroupStrategy.BestEffort,
        "race" or "wait_any" => GroupStrategy.Race,
        "wait_first" => GroupStrategy.First,
        _ => GroupStrategy.WaitAll,
    };

    private void CheckCompositeStrategy(SourceMap map)
    {
        if (map.Scalar("strategy") is { Text: not ("wait_all" or "fail_fast") } strategy)
        {
            Bag.Error(DiagnosticCodes.Strategy, strategy, $"A composite task runs its children one after another and stops at the first failure; '{strategy.Text}' needs a parallel task.");
        }
    }
}
