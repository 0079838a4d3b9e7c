using Weft.Api.Requests;

namespace Weft.Api.Executions;

/// <summary>The body of <c>POST /executions/{id}/rerun</c>.</summary>
/// <param name="FromNode">The node from which it runs anew; absent: all of it.</param>
/// <param name="Definition">pinned (the default): what the execution ran; latest: the workflow as it is now.</param>
internal sealed record RerunRequest(string? FromNode, string? Definition)
{
    internal static RerunRequest Read(RequestBody body)
    {
        var request = new RerunRequest(body.Text("from_node", longest: 512), body.Text("definition"));
        if (request.Definition is not (null or "pinned" or "latest"))
        {
            body.Fault("$.definition", "must be 'pinned' or 'latest'");
        }

        body.Check();
        return request;
    }
}
