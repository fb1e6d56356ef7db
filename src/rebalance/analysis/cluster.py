"""Work on a Dask cluster: a scheduler at an address, workers on any number of machines. Needs the extra `cluster`."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass

from distributed import Client, Future, as_completed
from distributed.comm.addressing import get_address_host_port
from distributed.comm.core import connect
from distributed.scheduler import KilledWorker
from distributed.security import Security

from rebalance.analysis.runners import Answer, Job, Lost, carried_out, chunks
from rebalance.fault import Fault, FaultsError
from rebalance.plans.file import versions
from rebalance.text import _, language

PATIENCE = 10
"""Seconds to wait for the scheduler to answer."""

GREETING = 5
"""Seconds in which whoever listens at its address must have said that it is one."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster whose scheduler is at an address such as `tcp://host:8786`."""

    address: str

    def run(self, work: Callable[[Job], Answer], jobs: Sequence[Job]) -> Iterator[tuple[int, Answer | Lost]]:
        """Every answer as it comes.

        What a lost worker was doing goes to another; what several workers in turn break down on is lost.

        Raises:
            FaultsError: the cluster cannot be reached, is without workers, or runs other versions.
        """
        if not jobs:
            return
        with self._client() as client:
            workers = sum(client.nthreads().values())
            sent = {self._send(client, work, [jobs[n] for n in chunk]): chunk for chunk in chunks(len(jobs), workers)}
            for future in as_completed(sent, loop=client.loop):
                yield from zip(sent.pop(future), self._answers(future), strict=False)

    def _client(self) -> Client:
        """A connection, after a look at who works there."""
        try:
            self._knock()
            client = Client(self.address, timeout=PATIENCE, set_as_default=False)
        except TimeoutError:
            message = _("no Dask scheduler answers there (it takes the call and says nothing). Check the port.")
            raise self._refuse(message) from None
        except (OSError, ValueError) as error:
            message = _("no Dask scheduler answers there ({problem}). Start one, or check the address.")
            problem = " ".join(str(error).split())[:100] or type(error).__name__
            raise self._refuse(message.format(problem=problem)) from None
        try:
            self._check(client)
        except BaseException:
            client.close()
            raise
        return client

    def _knock(self) -> None:
        """See whether a scheduler listens there: a client that never gets through may keep its threads for ever."""
        host, port = get_address_host_port(self.address, strict=True)
        socket.create_connection((host, port), GREETING).close()
        with ThreadPoolExecutor(1) as elsewhere:  # a notebook's own loop is running here
            elsewhere.submit(asyncio.run, self._greet()).result()

    async def _greet(self) -> None:
        how = Security().get_connection_args("client")
        (await asyncio.wait_for(connect(self.address, timeout=GREETING, **how), GREETING)).abort()

    def _check(self, client: Client) -> None:
        if not client.nthreads():
            raise self._refuse(
                _("the cluster has no workers. Start some: dask worker {address}").format(address=self.address)
            )
        ours = _ours()
        for worker, theirs in sorted(client.run(versions).items()):
            if _solving(theirs) != ours:
                message = _("worker {worker} has other versions ({theirs}). Needed for the same answers: {ours}.")
                raise self._refuse(message.format(worker=worker, theirs=_solving(theirs), ours=ours))

    def _send(self, client: Client, work: Callable[[Job], Answer], few: list[Job]) -> Future[list[Answer]]:
        return client.submit(carried_out, work, few, language(), pure=False)

    def _answers(self, future: Future[list[Answer]]) -> Iterator[object]:
        try:
            yield from future.result()
        except KilledWorker:
            why = _("the workers that took it broke down one after another (killed, or out of memory)")
            while True:
                yield Lost(why)
        except CancelledError:
            message = _("the connection to the cluster was lost. What has been solved is kept: run the command again.")
            raise self._refuse(message) from None

    def _refuse(self, message: str) -> FaultsError:
        return FaultsError([Fault(self.address, 0, "", message)])


def _ours() -> str:
    return _solving(versions())


def _solving(found: dict[str, str]) -> str:
    """The versions on which answers depend."""
    return ", ".join(f"{name} {found[name]}" for name in ("rebalance", "ortools"))
