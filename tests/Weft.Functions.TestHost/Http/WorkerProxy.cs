using Weft.Functions.TestHost.Worker;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Http;

/// <summary>Sends an HTTP request on to the worker's own HTTP server.</summary>
/// <remarks>The worker pairs the request and the invocation by the id of the latter, so both must be under way.</remarks>
internal sealed class WorkerProxy(WorkerPool workers)
{
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async Task ForwardAsync(HttpContext http, AppFunction function, InvocationRequest invocation)
    {
        var worker = await workers.ReadyAsync();
        using var request = RequestOf(http.Request, worker.HttpUri);
        request.Headers.Add("x-ms-invocation-id", invocation.InvocationId);
        var invoked = workers.InvokeAsync(worker, function, invocation);
        try
        {
            using var answer = await Client.SendAsync(request, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Transfer-Encoding"))
            {
                http.Response.Headers[name] = values.ToArray();
            }

            await answer.Content.CopyToAsync(http.Response.Body);
            await invoked;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone; the worker sees that on its connection.
        }
        catch (Exception lost) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsync(lost.Message);
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), address + from.Path + from.QueryString);
        if (from.ContentLength > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(from.Body);
        }

        foreach (var (name, values) in from.Headers)
        {
            if (name is not ("Transfer-Encoding" or "Connection") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }
}
