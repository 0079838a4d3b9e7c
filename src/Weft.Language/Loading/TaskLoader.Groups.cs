using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Tasks that hold or pick other tasks.</summary>
internal sealed partial class TaskLoader
{
    private CollectionTask? Collection(SourceMap map, string id, int depth)
    {
        var one = map.Map("task");
        var several = map.Value("tasks") as SourceList;
        if (one is not null && several is not null)
        {
            Bag.Error(DiagnosticCodes.Exclusive, map.Find("tasks")!.Value.Key, "'tasks' and 'task' both say what runs for each item. Keep one of them.");
        }
        else if (one is null && several is null && map.FindAny("task", "tasks") is null)
        {
            Bag.Error(DiagnosticCodes.Missing, map, "A collection task needs 'task' (or 'tasks'): what runs for each item.");
        }

        if (one is not null)
        {
            WarnOfTransitions(one, "the task of a collection");
        }

        var task = one is not null
            ? Task(one, depth + 1, inCollection: true)
            : new CompositeTask { Id = $"{id}-{{{{ .{map.Text("index_var") ?? "index"} }}}}", Tasks = List(several?.Items.OfType<SourceMap>() ?? [], depth + 2, inCollection: true), Source = map.Span };
        return task is null ? null : new CollectionTask
        {
            Id = id,
            Items = map.Json("items"),
            Filter = map.Text("filter"),
            ItemVar = map.Text("item_var") ?? "item",
            IndexVar = map.Text("index_var") ?? "index",
            Sequential = map.Text("mode") == "sequential",
            Batch = map.Int("batch") ?? 0,
            MaxWorkers = map.Int("max_workers") ?? 0,
            Strategy = Strategy(map),
            Task = task,
        };
    }

    private RouterTask Router(SourceMap map, string id, int depth, bool inCollection)
    {
        var routes = new List<Route>();
        foreach (var (key, value) in map.Map("routes")?.Entries ?? [])
        {
            switch (value)
            {
                case SourceScalar { IsNull: false } target:
                    routes.Add(new Route(key.Text, target.Text, null));
                    break;
                case SourceMap inline when Task(inline, depth + 1, inCollection) is { } task:
                    routes.Add(new Route(key.Text, null, task));
                    break;
            }
        }

        if (map.Scalar("default_route") is { } fallback)
        {
            if (routes.Exists(r => r.Key == "default"))
            {
                Bag.Error(DiagnosticCodes.Exclusive, fallback, "'default_route' and the route 'default' say the same. Keep one of them.");
            }

            routes.Add(new Route("default", fallback.Text, null));
        }

        if (map.Scalar("condition") is { } condition && IsComparison(condition.Text) && routes.Count > 0 && !routes.Exists(r => r.Key is "true" or "false"))
        {
            Bag.Warn(
                DiagnosticCodes.RoutesOfTruth,
                condition,
                $"The condition of '{id}' compares, so it is true or false, and no route is called so: only 'default' can be taken. Name the routes \"true\" and \"false\", or let the condition be the value itself.");
        }

        if (map.Map("routes") is { Entries.Count: 0 } empty)
        {
            Bag.Error(DiagnosticCodes.Missing, empty, $"The router '{id}' has no routes.");
        }

        return new RouterTask { Id = id, Condition = map.Text("condition") ?? "", Routes = routes };
    }

    /// <summary>Whether a condition is a comparison, by its looks: an operator outside of quotes, and nothing that picks a value.</summary>
    private static bool IsComparison(string text)
    {
        var bare = Quoted().Replace(text, "");
        return Operator().IsMatch(bare) && !Picks().IsMatch(bare);
    }

    private LoopTask Loop(SourceMap map, string id, int depth, bool inCollection)
    {
        var one = map.Map("task");
        if (one is not null && map.Has("tasks"))
        {
            Bag.Error(DiagnosticCodes.Exclusive, map.Find("tasks")!.Value.Key, "'tasks' and 'task' both say what runs in each round. Keep one of them.");
        }
        else if (one is null && !map.Has("tasks"))
        {
            Bag.Error(DiagnosticCodes.Missing, map, "A loop task needs 'tasks': what runs in each round.");
        }

        if (!map.Has("while") && !map.Has("until") && !map.Has("max_iterations"))
        {
            Bag.Error(DiagnosticCodes.Missing, map, "A loop task needs 'while', 'until' or 'max_iterations', or it would never end.");
        }

        return new LoopTask
        {
            Id = id,
            While = map.Condition(TextCondition, "while"),
            Until = map.Condition(TextCondition, "until"),
            MaxIterations = map.Int("max_iterations") ?? 100,
            Tasks = List(one is not null ? [one] : map.Maps("tasks"), depth + 1, inCollection),
        };
    }

    private WaitTask Wait(SourceMap map, string id, int depth, bool inCollection)
    {
        var processor = map.Map("processor");
        if (processor is not null)
        {
            WarnOfTransitions(processor, "the processor of a wait");
            if (processor.Bool("final") == true)
            {
                Bag.Warn(DiagnosticCodes.NoEffect, processor.Find("final")!.Value.Key, "'final' has no effect: a processor runs for each signal. Write it at the wait itself."); // Bool found it
            }
        }

        var onTimeout = Transition(map.Value("on_timeout"));
        return new WaitTask
        {
            Id = id,
            WaitFor = map.Text("wait_for") ?? "",
            Condition = map.Condition(TextCondition, "condition"),
            Processor = processor is not null ? Task(processor, depth + 1, inCollection) : null,
            OnTimeout = onTimeout?.Next,
            OnTimeoutWith = onTimeout?.With,
            Timeout = map.Text("timeout"),
        };
    }

    private static SignalTask Signal(SourceMap map, string id)
    {
        var written = map.Map("signal");
        return new SignalTask
        {
            Id = id,
            Signal = written?.Text("id", "name") ?? map.Text("signal") ?? "",
            Payload = written?.Json("payload") ?? map.Json("payload"),
            Target = written?.Text("target", "execution_id") ?? map.Text("target", "execution_id"),
        };
    }

    private MemoryTask Memory(SourceMap map, string id)
    {
        var operation = map.Text("operation") ?? "";
        if (operation is "write" or "append" && map.Value("payload") is null)
        {
            Bag.Error(DiagnosticCodes.MemoryOperation, map, $"The memory operation '{operation}' needs 'payload': what is to be kept.");
        }

        if (operation == "clear" && map.Map("clear_config")?.Bool("confirm") != true)
        {
            Bag.Error(DiagnosticCodes.MemoryOperation, map, "The memory operation 'clear' needs 'clear_config: { confirm: true }', since it cannot be undone.");
        }

        if (map.Scalar("memory_ref") is { } memory && context.Root.Has("memories"))
        {
            var known = context.Root.Maps("memories").Select(m => m.Text("id")).OfType<string>().Concat(["conversation_history", "knowledge_base", "memory"]).ToList();
            if (!known.Contains(memory.Text) && context.Options.Project?.Memories.Any(m => m.Id == memory.Text) != true)
            {
                Bag.Error(DiagnosticCodes.UnknownMemory, memory, $"No memory has the id '{memory.Text}'.{NearMiss.HintOrList(memory.Text, known, "Known memories")}");
            }
        }

        var settings = new JsonObject();
        foreach (var name in new[] { "flush_config", "health_config", "stats_config", "clear_config", "batch_size", "max_keys" })
        {
            if (map.Json(name) is { } value)
            {
                settings[name] = value;
            }
        }

        return new MemoryTask
        {
            Id = id,
            Operation = operation,
            MemoryRef = map.Text("memory_ref") ?? "",
            KeyTemplate = map.Text("key_template", "key") ?? "",
            Payload = map.Json("payload"),
            Settings = settings.Count == 0 ? null : settings,
        };
    }

    private ApprovalTask Approval(SourceMap map, string id)
    {
        var task = new ApprovalTask { Id = id };
        var choices = map.Has("choices") ? map.Texts("choices") : task.Choices;
        if (map.Scalar("default_choice") is { } choice && !choices.Contains(choice.Text))
        {
            Bag.Error(DiagnosticCodes.NotAllowed, choice, $"'default_choice' must be one of the choices: {string.Join(", ", choices)}.");
        }

        var escalation = map.Map("escalation");
        var onTimeout = Transition(map.Value("on_timeout"));
        if (onTimeout is not null && map.Has("default_choice"))
        {
            Bag.Warn(DiagnosticCodes.NoEffect, map.Find("on_timeout")!.Value.Key, "'on_timeout' has no effect: 'default_choice' answers when the time is up. Keep one of them."); // Value found it
        }

        return task with
        {
            Approvers = map.Json("approvers"),
            Show = map.Json("show", "message"),
            Choices = choices,
            Timeout = map.Text("timeout"),
            DefaultChoice = map.Text("default_choice"),
            OnTimeout = onTimeout?.Next,
            OnTimeoutWith = onTimeout?.With,
            Escalation = escalation?.Text("after") is { } after ? new EscalationDefinition(after, escalation.Json("to")) : null,
        };
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"==|!=|<=?|>=?|&&|\|\|")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\bif\b|\?|\bternary\b|\|\s*\w|\bdefault\b|%\}")]
    private static partial Regex Picks();
}
