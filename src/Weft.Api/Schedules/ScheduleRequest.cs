using System.Text.Json.Nodes;
using Weft.Api.Requests;
using Weft.Runtime.Schedules;

namespace Weft.Api.Schedules;

/// <summary>The body of <c>PUT /schedules/{id}</c>.</summary>
internal sealed record ScheduleRequest(string WorkflowId, string Cron)
{
    public string? TimeZone { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Gets skip, queue or allow.</summary>
    public OverlapPolicy OverlapPolicy { get; init; }

    public int JitterMs { get; init; }

    public bool CatchUp { get; init; }

    public JsonObject? Input { get; init; }

    public JsonObject? Context { get; init; }

    public DateTime? StartAt { get; init; }

    public DateTime? EndAt { get; init; }

    internal static ScheduleRequest Read(RequestBody body)
    {
        var request = new ScheduleRequest(
            body.Text("workflow_id", required: true, longest: 512) ?? "", body.Text("cron", required: true, longest: 200) ?? "")
        {
            TimeZone = body.Text("time_zone", longest: 100) ?? body.Text("timezone", longest: 100),
            Enabled = body.Flag("enabled", fallback: true),
            OverlapPolicy = body.Word<OverlapPolicy>("overlap_policy") ?? OverlapPolicy.Skip,
            JitterMs = body.Integer("jitter_ms", 0, 3_600_000) ?? 0,
            CatchUp = body.Flag("catch_up"),
            Input = body.Object("input"),
            Context = body.Object("context"),
            StartAt = body.Time("start_at"),
            EndAt = body.Time("end_at"),
        };
        body.Check();
        return request;
    }

    internal ScheduleRecord ToRecord(string id) => new()
    {
        Id = id,
        WorkflowId = WorkflowId,
        Cron = Cron,
        TimeZone = TimeZone,
        Enabled = Enabled,
        OverlapPolicy = OverlapPolicy,
        JitterMs = JitterMs,
        CatchUp = CatchUp,
        Input = Input,
        Context = Context,
        StartAt = StartAt,
        EndAt = EndAt,
    };
}
