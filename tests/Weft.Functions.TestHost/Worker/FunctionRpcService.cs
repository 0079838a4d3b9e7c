using Grpc.Core;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>The server that workers connect to.</summary>
internal sealed class FunctionRpcService(WorkerPool workers) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var stopping = context.CancellationToken;
        if (!await requestStream.MoveNext(stopping) || workers.Find(requestStream.Current.StartStream?.WorkerId) is not { } connection)
        {
            return;
        }

        connection.Start();
        var sending = SendAsync(connection, responseStream, stopping);
        try
        {
            while (await requestStream.MoveNext(stopping))
            {
                connection.Receive(requestStream.Current);
            }

            await sending;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The worker's process has ended; the pool sees to what it owed.
        }
    }

    private static async Task SendAsync(
        WorkerConnection connection, IServerStreamWriter<StreamingMessage> stream, CancellationToken stopping)
    {
        await foreach (var message in connection.Out.ReadAllAsync(stopping))
        {
            await stream.WriteAsync(message, stopping);
        }
    }
}
