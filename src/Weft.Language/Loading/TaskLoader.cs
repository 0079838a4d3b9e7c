using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Builds the body of the tasks dialect.</summary>
internal sealed class TaskLoader(LoadContext context, Library library)
{
    /// <summary>The language of conditions that name none.</summary>
    public const string TextCondition = "expr";

    private readonly Dictionary<string, SourceNode> _everyId = [];
    private int _count;

    public LoadContext Context => context;

    public Library Library => library;

    public DiagnosticBag Bag => context.Bag;

    public SequenceBody Load()
    {
        var tasks = List(context.Root.Maps("tasks"), 1, inCollection: false);
        new TaskReferences(context, _everyId).Check();
        return new SequenceBody(tasks) { FailFast = context.Root.Bool("fail_fast") ?? true };
    }

    /// <summary>A list of tasks: builds each, and checks how they lead to each other.</summary>
    public List<TaskDefinition> List(IEnumerable<SourceMap> maps, int depth, bool inCollection, bool alone = false)
    {
        var taken = new Dictionary<string, SourceNode>();
        var tasks = new List<(TaskDefinition Task, SourceMap Map)>();
        foreach (var map in maps)
        {
            if (map.Scalar("id") is { } id && Library.Claim(taken, id, "task of this list", Bag)
                && Task(map, depth, inCollection) is { } task)
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

    /// <summary>One task; null: what is written cannot be one.</summary>
    public TaskDefinition? Task(SourceMap map, int depth, bool inCollection)
    {
        if (map.Scalar("id") is not { } id)
        {
            return null;
        }

        if (depth > LoadLimits.MaxTaskNesting)
        {
            Bag.Error(
                DiagnosticCodes.TasksNestedTooDeep,
                map,
                $"Tasks are nested deeper than {LoadLimits.MaxTaskNesting} levels. Move some into a workflow of their own.");
            return null;
        }

        if (++_count == LoadLimits.MaxSteps + 1)
        {
            Bag.Error(
                DiagnosticCodes.TooManySteps,
                map,
                $"The file has more than {LoadLimits.MaxSteps:N0} tasks. Split it into workflows that call each other.");
        }

        CheckId(id, inCollection);
        var task = TaskForms.Find(map.Text("type"))?.Bind(this, new TaskSource(map, id.Text, depth, inCollection));
        return task is null ? null : WithCommon(task, map);
    }

    private void CheckId(SourceScalar id, bool inCollection)
    {
        var isTemplate = id.Text.Contains("{{", StringComparison.Ordinal);
        if (isTemplate && !inCollection)
        {
            Bag.Error(
                DiagnosticCodes.BadId,
                id,
                $"'{id.Text.Clip(60)}' cannot be an id here: only tasks inside a collection have templates as ids.");
        }
        else if (!isTemplate && !TextCheck.IsId(id.Text))
        {
            Bag.Error(
                DiagnosticCodes.BadId,
                id,
                $"'id' cannot be '{id.Text.Clip(60)}'. Use letters, digits, '_' and '-', at most 128, and no '-' first.");
        }

        if (_everyId.TryGetValue(id.Text, out var first) && !ReferenceEquals(first, id) && !isTemplate)
        {
            Bag.Warn(
                DiagnosticCodes.DuplicateId,
                id,
                $"Another task has the id '{id.Text}' already, in line {first.Line}. '.tasks.{id.Text}' means the one that ran last.");
        }

        _everyId.TryAdd(id.Text, id);
    }

    private TaskDefinition WithCommon(TaskDefinition task, SourceMap map)
    {
        var config = map.Map("config");
        var kind = TaskKinds.Of(task);
        if (kind.NoAttempts || task is BasicTask { Step: not (AgentStep or ToolStep) })
        {
            Sections.WarnOfAttemptTimeout(map, config, Bag);
        }

        var onError = map.Value("on_error") ?? config?.Value("on_error");
        if (!kind.OwnCondition && map.Has("condition") && map.Find("when") is { } when)
        {
            Bag.Error(DiagnosticCodes.Exclusive, when.Key, "'when' and 'condition' say the same. Keep one of them.");
        }

        return task with
        {
            With = map.Json("with"),
            Outputs = map.Json("outputs"),
            When = map.Condition(TextCondition, "when") ?? (kind.OwnCondition ? null : map.Condition(TextCondition, "condition")),
            OnSuccess = Transition(map.Value("on_success")),
            OnError = onError is SourceScalar { Text: "continue" or "fail" } ? null : Transition(onError),
            ContinueOnError = onError is SourceScalar { Text: "continue" },
            Final = map.Bool("final") ?? false,
            Policy = Policy(kind, map, config),
            Sleep = map.Text("sleep"),
            Env = map.TextMap("env"),
            InputSchema = library.Schema(map, "input"),
            OutputSchema = library.Schema(map, "output"),
            Source = map.Span,
        };
    }

    private StepPolicy Policy(TaskKindAttribute kind, SourceMap map, SourceMap? config)
    {
        if (map.Has("retries") && map.Find("retry") is { } retry)
        {
            Bag.Error(DiagnosticCodes.Exclusive, retry.Key, $"'{retry.Key.Text}' and 'retries' say the same. Keep one of them.");
        }

        return new StepPolicy
        {
            Retry = Sections.Retry(map, "retry")
                ?? (map.Int("retries") is { } retries ? new RetryPolicy { MaxAttempts = retries + 1 } : null)
                ?? (config is null ? null : Sections.Retry(config, "retry_policy")),
            Timeout = kind.OwnTimeout ? null : map.Duration("timeout") ?? config?.Duration("schedule_to_close_timeout"),
            AttemptTimeout = map.Duration("attempt_timeout") ?? config?.Duration("start_to_close_timeout"),
        };
    }

    public static Transition? Transition(SourceNode? node) => node switch
    {
        SourceScalar { IsNull: false } next => new Transition(next.Text),
        SourceMap map when map.Text("next") is { } next => new Transition(next, map.Json("with")),
        _ => null,
    };

    /// <summary>Warns of transitions of a task that no list holds: there is nothing to go on to.</summary>
    public void WarnOfTransitions(SourceMap map, string what)
    {
        foreach (var name in new[] { "on_success", "on_error", "on_timeout" })
        {
            var entry = map.Find(name);
            if (entry is { Value: not SourceScalar { Text: "continue" or "fail" } } idle && idle.Value is not SourceScalar { IsNull: true })
            {
                Bag.Warn(
                    DiagnosticCodes.NoEffect,
                    idle.Key,
                    $"'{name}' has no effect: {what} has nothing beside it to go on to. Put it into a composite task together with "
                    + "what comes next.");
            }
        }
    }
}
