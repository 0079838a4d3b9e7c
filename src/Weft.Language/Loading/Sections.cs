using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>The sections that all dialects share.</summary>
internal static class Sections
{
    public static IReadOnlyList<ComposioApp> ComposioApps(LoadContext context)
    {
        var taken = new Dictionary<string, SourceNode>();
        var apps = new List<ComposioApp>();
        foreach (var item in context.Root.Map("composio")?.Items("apps") ?? [])
        {
            var name = item as SourceScalar ?? (item as SourceMap)?.Scalar("name");
            if (name is not null && Library.Claim(taken, name, "app", context.Bag))
            {
                var map = item as SourceMap;
                apps.Add(new ComposioApp(name.Text, map?.Text("entity_id_source"), map?.Texts("actions") ?? []));
            }
        }

        return apps;
    }

    public static CostControls? CostControls(SourceMap root) => root.Map("cost_controls") is not { } map ? null : new CostControls
    {
        MaxCostPerConversation = map.Double("max_cost_per_conversation"),
        MaxCostPerCall = map.Double("max_cost_per_call"),
        MaxCostPerExecution = map.Double("max_cost_per_execution"),
        DailyBudget = map.Double("daily_budget"),
        MonthlyBudget = map.Double("monthly_budget"),
        AlertThreshold = map.Double("alert_threshold"),
    };

    public static MonitoringSection? Monitoring(SourceMap root, DiagnosticBag bag)
    {
        if (root.Map("monitoring") is not { } map)
        {
            return null;
        }

        foreach (var name in new[] { "track_latency", "track_costs", "track_tool_usage" })
        {
            if (map.Bool(name) == false)
            {
                bag.Warn(DiagnosticCodes.NoEffect, map.Find(name)!.Value.Key,
                    $"'{name}: false' has no effect: budgets, health and traces need what is recorded."); // Bool found it
            }
        }

        return new MonitoringSection
        {
            TrackLatency = map.Bool("track_latency") ?? true,
            TrackCosts = map.Bool("track_costs") ?? true,
            TrackToolUsage = map.Bool("track_tool_usage") ?? true,
            AlertOnErrorRate = map.Double("alert_on_error_rate"),
        };
    }

    public static ScheduleDefinition? Schedule(LoadContext context)
    {
        if (context.Root.Map("schedule") is not { } map || map.Text("cron") is not { } cron)
        {
            return null;
        }

        var (from, to) = (map.Time("start_at"), map.Time("end_at"));
        if (from is not null && to is not null && to <= from)
        {
            context.Bag.Error(DiagnosticCodes.BadTime, map.Value("end_at")!, "'end_at' must be after 'start_at'.");
        }

        return new ScheduleDefinition
        {
            Cron = cron,
            TimeZone = map.Text("timezone"),
            Enabled = map.Bool("enabled") ?? true,
            Jitter = map.Duration("jitter"),
            OverlapPolicy = map.Text("overlap_policy") switch { null => "skip", "buffer_one" => "queue", var policy => policy },
            CatchUp = map.Bool("catch_up") ?? false,
            StartAt = from,
            EndAt = to,
            Input = map.Json("input"),
        };
    }

    public static IReadOnlyList<TriggerDefinition> Triggers(LoadContext context, Library library)
    {
        var taken = new Dictionary<string, SourceNode>();
        var triggers = new List<TriggerDefinition>();
        foreach (var map in context.Root.Maps("triggers"))
        {
            var isHook = map.Text("type") == "webhook";
            var name = map.Scalar("name") ?? (isHook ? map.Map("webhook")?.Scalar("slug") : null);
            if (name is null)
            {
                context.Bag.Error(
                    DiagnosticCodes.Missing, map, isHook ? "A webhook trigger needs 'webhook.slug'." : "A signal trigger needs 'name'.");
            }
            else if (Library.Claim(taken, name, "trigger", context.Bag))
            {
                triggers.Add(
                    new TriggerDefinition(
                        map.Text("type") ?? "signal", name.Text, library.Schema(map, "schema"), map.JsonObject("webhook")));
            }
        }

        return triggers;
    }

    public static IReadOnlyList<MemoryDefinition> Memories(LoadContext context)
    {
        var memories = new List<MemoryDefinition>();
        if (context.Root.Map("memory") is { } section)
        {
            foreach (var part in new[] { "short_term", "long_term" })
            {
                if (section.Map(part)?.Scalar("type") is { } type && type.Text is not ("weft" or "internal" or "local"))
                {
                    context.Bag.Warn(DiagnosticCodes.NoEffect, type,
                        $"'{type.Text}' has no effect: memory is kept in the product's own store, with the settings beside it.");
                }
            }

            var settings = section.ToJsonObject();
            settings.Remove("strategy");
            memories.Add(new MemoryDefinition { Id = "memory", Strategy = section.Text("strategy"), Settings = settings });
        }

        var taken = new Dictionary<string, SourceNode>();
        foreach (var map in context.Root.Maps("memories"))
        {
            if (map.Scalar("id") is { } id && Library.Claim(taken, id, "memory", context.Bag))
            {
                memories.Add(Memory(map, id.Text));
            }
        }

        foreach (var memory in context.Options.Project?.Memories ?? [])
        {
            if (!taken.ContainsKey(memory.Id))
            {
                memories.Add(memory);
            }
        }

        return memories;
    }

    public static MemoryDefinition Memory(SourceMap map, string id)
    {
        var settings = map.ToJsonObject();
        foreach (var name in new[] { "id", "resource", "type", "description", "version" })
        {
            settings.Remove(name);
        }

        return new MemoryDefinition { Id = id, Strategy = map.Text("type"), Settings = settings };
    }

    /// <summary>A retry policy: a number of attempts, or a mapping.</summary>
    public static RetryPolicy? Retry(SourceMap owner, string key)
    {
        switch (owner.Value(key))
        {
            case SourceScalar { ScalarKind: ScalarKind.Integer } attempts when int.TryParse(attempts.Text, out var count):
                return new RetryPolicy { MaxAttempts = Math.Max(1, count) };
            case SourceMap map:
                var by = new RetryPolicy();
                return by with
                {
                    MaxAttempts = map.Int("max_attempts") ?? map.Int("max_retries") + 1 ?? by.MaxAttempts,
                    FirstDelay = map.Duration("first_delay") ?? by.FirstDelay,
                    BackoffCoefficient = map.Double("backoff") ?? by.BackoffCoefficient,
                    MaxDelay = map.Duration("max_delay") ?? by.MaxDelay,
                    Jitter = map.Double("jitter") ?? by.Jitter,
                    Timeout = map.Duration("timeout"),
                    NonRetryableCodes = map.Texts("non_retryable"),
                };
            default:
                return null;
        }
    }

    /// <summary>What steps inherit: the workflow's keys over those of its <c>config</c> over the project's.</summary>
    public static StepDefaults Defaults(LoadContext context)
    {
        var config = context.Root.Map("config");
        var project = context.Options.Project?.Defaults;
        return new StepDefaults
        {
            Retry = Retry(context.Root, "retry") ?? (config is null ? null : Retry(config, "retry_policy")) ?? project?.Retry,
            Timeout = context.Root.Duration("step_timeout") ?? config?.Duration("schedule_to_close_timeout") ?? project?.Timeout,
            AttemptTimeout = config?.Duration("start_to_close_timeout") ?? project?.AttemptTimeout,
        };
    }

    /// <summary>Warns of a limit on single calls where none is made.</summary>
    public static void WarnOfAttemptTimeout(SourceMap map, SourceMap? config, DiagnosticBag bag)
    {
        if ((map.Find("attempt_timeout") ?? config?.Find("start_to_close_timeout")) is { } entry)
        {
            bag.Warn(DiagnosticCodes.NoEffect, entry.Key,
                $"'{entry.Key.Text}' has no effect: it limits a model's or a tool's call, and none is made here. Write 'timeout'.");
        }
    }

    public static IReadOnlyDictionary<string, string> Env(LoadContext context)
    {
        var env = new Dictionary<string, string>(context.Options.Project?.Env ?? new Dictionary<string, string>());
        foreach (var (name, value) in (context.Root.Map("config")?.TextMap("env") ?? new Dictionary<string, string>()).Concat(
            context.Root.TextMap("env")))
        {
            env[name] = value;
        }

        SecretScan.CheckSettings(context.Root.Value("env"), context.Bag);
        return env;
    }
}
