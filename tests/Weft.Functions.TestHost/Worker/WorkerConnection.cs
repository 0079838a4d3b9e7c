using System.Collections.Concurrent;
using System.Threading.Channels;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>The stream between this host and one worker process, and what each owes the other.</summary>
internal sealed class WorkerConnection(string id, ILogger logger)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invoked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = New();
    private readonly TaskCompletionSource _ended = New();
    private readonly Channel<StreamingMessage> _out = Channel.CreateUnbounded<StreamingMessage>();
    private volatile WorkerProcessExitException? _death;

    public string Id => id;

    /// <summary>Gets or sets the address of the worker's own HTTP server.</summary>
    public string HttpUri { get; set; } = "";

    /// <summary>Gets what ends once the process has.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gets what is to be sent.</summary>
    public ChannelReader<StreamingMessage> Out => _out.Reader;

    /// <summary>Waits for the worker's first message.</summary>
    public Task StartedAsync() => Task.WhenAny(_started.Task, _ended.Task).WaitAsync(AnswerWithin);

    /// <summary>The worker's first message has come.</summary>
    public void Start() => _started.TrySetResult();

    /// <summary>Sends a message, and waits for the answer to it.</summary>
    /// <exception cref="WorkerProcessExitException">The process died.</exception>
    /// <exception cref="TimeoutException">No answer came within a minute.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var answer = _asked[message.RequestId] = New<StreamingMessage>();
        Send(message, answer);
        return answer.Task.WaitAsync(AnswerWithin);
    }

    /// <summary>Invokes a function, and answers what it returned.</summary>
    /// <exception cref="FunctionFailedException">It failed.</exception>
    /// <exception cref="WorkerProcessExitException">The process died.</exception>
    public async Task<TypedData?> InvokeAsync(InvocationRequest request)
    {
        var answer = _invoked[request.InvocationId] = New<InvocationResponse>();
        Send(new StreamingMessage { RequestId = Guid.NewGuid().ToString(), InvocationRequest = request }, answer);
        var response = await answer.Task;
        return response.Result.Status == StatusResult.Types.Status.Success ? response.ReturnValue
            : throw new FunctionFailedException(response.Result);
    }

    /// <summary>Takes a message of the worker's.</summary>
    public void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invoked.TryRemove(message.InvocationResponse.InvocationId, out var invoked))
                {
                    invoked.TrySetResult(message.InvocationResponse);
                }

                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                var log = message.RpcLog;
                if (log.LogCategory != RpcLog.Types.Category.CustomMetric)
                {
                    Log.WorkerSaid(logger, (LogLevel)log.Level, log.Category, log.Message, log.Exception?.Message);
                }

                break;
            default:
                if (_asked.TryRemove(message.RequestId, out var asked))
                {
                    asked.TrySetResult(message);
                }

                break;
        }
    }

    /// <summary>The process has died: all that it owes fails, and all that is asked of it from now on.</summary>
    public void Fail(WorkerProcessExitException death)
    {
        _death = death;
        foreach (var answer in _invoked.Values)
        {
            answer.TrySetException(death);
        }

        foreach (var answer in _asked.Values)
        {
            answer.TrySetException(death);
        }

        _ended.TrySetResult();
    }

    // Whoever waits is listed before this looks at the death, so that one of the two sees the other.
    private void Send<T>(StreamingMessage message, TaskCompletionSource<T> answer)
    {
        if (_death is { } death)
        {
            answer.TrySetException(death);
        }
        else
        {
            _out.Writer.TryWrite(message);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
